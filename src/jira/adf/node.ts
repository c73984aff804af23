/** Atlassian Document Format: the parts of a document, and the types of them that this version knows. */

/** Attributes mean something by the node's type only; no code trusts their types. */
export type AdfAttributes = Readonly<Record<string, unknown>>;

export interface AdfMark {
  readonly type: string;
  readonly attrs?: AdfAttributes;
}

export interface AdfNode {
  readonly type: string;
  readonly attrs?: AdfAttributes;
  readonly marks?: readonly AdfMark[];
  readonly content?: readonly AdfNode[];
  /** Of a `text` only. */
  readonly text?: string;
}

export interface AdfDocument extends AdfNode {
  readonly type: 'doc';
  readonly version: 1;
  readonly content: readonly AdfNode[];
}

/** Every type of node in Atlassian's schema 56 (`@atlaskit/adf-schema`); a test compares. */
export const NODE_TYPES: ReadonlySet<string> = new Set([
  ...['blockCard', 'blockTaskItem', 'blockquote', 'bodiedExtension', 'bodiedSyncBlock'],
  ...['bulletList', 'caption', 'codeBlock', 'date', 'decisionItem', 'decisionList', 'embedCard'],
  ...['emoji', 'expand', 'extension', 'hardBreak', 'heading', 'inlineCard', 'inlineExtension'],
  ...['layoutColumn', 'layoutSection', 'listItem', 'media', 'mediaGroup', 'mediaInline'],
  ...['mediaSingle', 'mention', 'nestedExpand', 'orderedList', 'panel', 'paragraph'],
  ...['placeholder', 'rule', 'status', 'syncBlock', 'table', 'tableCell', 'tableHeader'],
  ...['tableRow', 'taskItem', 'taskList', 'text'],
]);

/** Every type of mark in the same schema. */
export const MARK_TYPES: ReadonlySet<string> = new Set([
  ...['alignment', 'annotation', 'backgroundColor', 'border', 'breakout', 'code', 'dataConsumer'],
  ...['em', 'fontSize', 'fragment', 'indentation', 'link', 'strike', 'strong', 'subsup'],
  ...['textColor', 'underline'],
]);

/** Nodes whose content is a line of text. */
export const LINES_OF_TEXT: ReadonlySet<string> = new Set([
  ...['paragraph', 'heading', 'caption', 'taskItem', 'decisionItem', 'codeBlock'],
]);

export const documentOf = (content: readonly AdfNode[]): AdfDocument => ({
  type: 'doc',
  version: 1,
  content,
});

export const textNode = (text: string, marks: readonly AdfMark[] = []): AdfNode =>
  marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks };

/** A paragraph of one text; an empty one for no text. */
export const paragraphOf = (text: string): AdfNode =>
  text === '' ? { type: 'paragraph' } : { type: 'paragraph', content: [textNode(text)] };

/** An attribute that is text. */
export function textAttribute({ attrs }: AdfNode | AdfMark, name: string): string | undefined {
  if (attrs === undefined || !Object.hasOwn(attrs, name)) return undefined;
  const value = attrs[name];
  return typeof value === 'string' ? value : undefined;
}

/** The document with each node replaced by what `replace` makes of it, children before parents. */
export function replaceNodes(
  document: AdfDocument,
  replace: (node: AdfNode) => readonly AdfNode[],
): AdfDocument {
  const withContent = (node: AdfNode): AdfNode =>
    node.content === undefined ? node : { ...node, content: replaceAll(node.content) };
  const replaceAll = (nodes: readonly AdfNode[]): AdfNode[] =>
    nodes.flatMap((node) => replace(withContent(node)));
  return documentOf(replaceAll(document.content));
}

/** Every node below the document itself, parents before children. */
export function* nodesIn({ content = [] }: AdfNode): Generator<AdfNode> {
  for (const node of content) {
    yield node;
    yield* nodesIn(node);
  }
}
