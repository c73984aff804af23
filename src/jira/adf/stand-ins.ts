/**
 * Nodes that cannot go to the other site (a file that is not there, content of an app, a type that is not
 * known, a person who is nobody there) and the texts that stand for them meanwhile.
 *
 * A stand-in is a text that a reader sees and understands, and it is the same text wherever it is made. So
 * nothing is lost on the way back. A document that was taken is not sent back unless somebody there edits it;
 * when they do, it comes with its stand-ins, and `restoreNodes` puts our own nodes back where the texts
 * stand. A stand-in that the editor deleted deletes our node: that is what they were shown and did. One whose
 * words they changed stays a text. Our node is found in our own document only, so that a remote can neither
 * name a file of ours that was not in it, nor notify anybody who was not mentioned in it.
 */
import { canonicalJson, canonicalText, hashOf } from '../canonical-json';
import { canonicalDocument, canonicalNode } from './canonical-document';
import { plainTextOf } from './plain-text';
import {
  documentOf,
  LINES_OF_TEXT,
  NODE_TYPES,
  nodesIn,
  paragraphOf,
  textAttribute,
  textNode,
  type AdfDocument,
  type AdfNode,
} from './node';

/** Whether a node of one of the types that belong to a site can stay as it is. */
export type CanStay = (node: AdfNode) => boolean;

/** Content of an app, which the other site may not have, and which means something by ids of this one. */
const OF_AN_APP = new Set([
  ...['extension', 'inlineExtension', 'bodiedExtension', 'syncBlock', 'bodiedSyncBlock'],
]);

/** Their children are of one type each: no paragraph can take the place of one. */
const STRICT_PARENTS = new Set([
  ...['mediaSingle', 'mediaGroup', 'table', 'tableRow', 'bulletList', 'orderedList'],
  ...['taskList', 'decisionList', 'layoutSection'],
]);

/** Nodes that can stand in a line; whatever else has a paragraph of its own. */
const INLINE = new Set(['mention', 'mediaInline', 'inlineExtension']);

const isFile = ({ type, attrs }: AdfNode): boolean =>
  (type === 'media' || type === 'mediaInline') && attrs?.type !== 'external';

const isOfThisSite = (node: AdfNode): boolean =>
  isFile(node) || OF_AN_APP.has(node.type) || !NODE_TYPES.has(node.type);

/** Whether it has to be replaced as a whole: by itself, or because a child of it has to. */
function mustGo(node: AdfNode, canStay: CanStay): boolean {
  if (isOfThisSite(node)) return !canStay(node);
  return (
    STRICT_PARENTS.has(node.type) && (node.content ?? []).some((child) => mustGo(child, canStay))
  );
}

/** The document with a text for each node that may not stay. In canonical form. */
export function withStandIns(document: AdfDocument, canStay: CanStay): AdfDocument {
  const inPlace = (parent: AdfNode, node: AdfNode): AdfNode => {
    if (mustGo(node, canStay)) return standIn(parent, node);
    const { content } = node;
    return content === undefined
      ? node
      : { ...node, content: content.map((child) => inPlace(node, child)) };
  };
  const canonical = canonicalDocument(document);
  return canonicalDocument(documentOf(canonical.content.map((node) => inPlace(canonical, node))));
}

function standIn(parent: AdfNode, node: AdfNode): AdfNode {
  const text = standInFor(node);
  return LINES_OF_TEXT.has(parent.type) ? textNode(text) : paragraphOf(text);
}

/** Files and content of apps stay; types that this version does not know never travel. */
export const isOfKnownType: CanStay = ({ type }) => NODE_TYPES.has(type);

/** The text that stands for a node: what it is, and eight digits that tell two of them apart. */
export function standInFor(node: AdfNode): string {
  const told = asTold(node);
  return `[${describe(told)} is not copied (${hashOf(told).slice(0, 8)})]`;
}

/** The node with all in it that a site may tell or not tell, know or not know, as text: the same on each site. */
function asTold(node: AdfNode): AdfNode {
  const { content } = node;
  if (content === undefined) return canonicalNode(node);
  const told = content.map((child) => {
    if (child.type === 'mention') return textNode(mentionText(child));
    return mustGo(child, isOfKnownType) ? standIn(node, child) : asTold(child);
  });
  return canonicalNode({ ...node, content: told });
}

function describe(node: AdfNode): string {
  const files = [node, ...nodesIn(node)].filter(isFile);
  if (files.length > 0) return describeFiles(node, files);
  if (OF_AN_APP.has(node.type)) {
    const key = short(textAttribute(node, 'extensionKey') ?? '');
    return key === '' ? 'Content of an app' : `Content of the app ${key}`;
  }
  return `Content of the type ${short(node.type)}`;
}

function describeFiles(node: AdfNode, files: readonly AdfNode[]): string {
  const names = files.map((file) => short(textAttribute(file, 'alt') ?? '')).filter(Boolean);
  const caption = short(
    [...nodesIn(node)]
      .filter(({ type }) => type === 'caption')
      .map(plainTextOf)
      .join(' '),
  );
  return [
    files.length === 1 ? 'File' : `${files.length} files`,
    ...(names.length === 0 ? [] : [short(names.join(', '))]),
    ...(caption === '' ? [] : [`“${caption}”`]),
  ].join(' ');
}

const MAX_DESCRIPTION = 100;

/** One line, without what would end the stand-in early. */
function short(text: string): string {
  const line = canonicalText(text)
    .replace(/[[\]\s]+/g, ' ')
    .trim();
  return [...line].slice(0, MAX_DESCRIPTION).join('').trim();
}

/** How a mention reads where its person is nobody. Mentions only: see `mentions.ts`. */
export function mentionText(mention: AdfNode): string {
  const name = (textAttribute(mention, 'text') ?? '')
    .replace(/^@+/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return `@${name === '' ? 'somebody' : name}`;
}

/**
 * The document that has come, with the nodes of `original` (ours, as it is now) where stand-ins for them are.
 * Two people of one name are told apart by their order, and only while both are there: else they stay text.
 * In canonical form.
 */
export function restoreNodes(document: AdfDocument, original: AdfDocument): AdfDocument {
  const canonical = canonicalDocument(document);
  const own = canonicalDocument(original);
  const ours = standInsOf(own);
  if (ours.size === 0) return canonical;
  const texts = [...ours].map(([text, [node]]) => ({ text, inLine: INLINE.has(node?.type ?? '') }));
  const patterns: Patterns = {
    inLine: anyOf(
      texts.filter(({ inLine }) => inLine).map(({ text }) => text),
      gluedNames(own),
    ),
    ownParagraph: new Set(texts.filter(({ inLine }) => !inLine).map(({ text }) => text)),
  };
  const found = new Map<string, number>();
  replaceStandIns(canonical, patterns, (text) => {
    found.set(text, (found.get(text) ?? 0) + 1);
    return ours.get(text)?.[0];
  });
  const taken = new Map<string, number>();
  return canonicalDocument(
    replaceStandIns(canonical, patterns, (text) => {
      const nodes = ours.get(text) ?? [];
      if (areAlike(nodes)) return nodes[0];
      if (nodes.length !== found.get(text)) return undefined;
      const index = taken.get(text) ?? 0;
      taken.set(text, index + 1);
      return nodes[index];
    }),
  );
}

/** Text → the nodes that it stands for, in order. What is within such a node comes and goes with it. */
function standInsOf(document: AdfDocument): Map<string, AdfNode[]> {
  const ours = new Map<string, AdfNode[]>();
  const collect = (node: AdfNode): void => {
    const isMention = node.type === 'mention';
    if (isMention || mustGo(node, () => false)) {
      const text = isMention ? mentionText(node) : standInFor(node);
      ours.set(text, [...(ours.get(text) ?? []), node]);
    } else {
      node.content?.forEach(collect);
    }
  };
  document.content.forEach(collect);
  return ours;
}

const areAlike = (nodes: readonly AdfNode[]): boolean =>
  new Set(nodes.map((node) => canonicalJson(node))).size === 1;

/** Stand-ins that are part of a line, and those that are a paragraph. */
interface Patterns {
  inLine: RegExp | undefined;
  ownParagraph: ReadonlySet<string>;
}

/** The document with `nodeFor` each stand-in, in order; where there is none, the text stays. */
function replaceStandIns(
  document: AdfDocument,
  { inLine, ownParagraph }: Patterns,
  nodeFor: (standIn: string) => AdfNode | undefined,
): AdfDocument {
  const replaced = (node: AdfNode): AdfNode[] => {
    if (node.type === 'text') return replacedText(node, inLine, nodeFor);
    const { type, content } = node;
    if (content === undefined) return [node];
    const [only, ...others] = content;
    const line = type === 'paragraph' && others.length === 0 ? (only?.text ?? '').trim() : '';
    // Before its texts: what stands for a file may contain the name of somebody who is mentioned.
    const block = ownParagraph.has(line) ? nodeFor(line) : undefined;
    return [block ?? { ...node, content: content.flatMap(replaced) }];
  };
  return documentOf(document.content.flatMap(replaced));
}

function replacedText(
  node: AdfNode,
  inLine: RegExp | undefined,
  nodeFor: (standIn: string) => AdfNode | undefined,
): AdfNode[] {
  const { text = '', marks = [] } = node;
  if (inLine === undefined || marks.some(({ type }) => type === 'code')) return [node];
  // With one group, every second piece is a stand-in.
  return text.split(inLine).flatMap((piece, index) => {
    const standsFor = index % 2 === 1 ? nodeFor(piece) : undefined;
    if (standsFor !== undefined) return [standsFor];
    return piece === '' ? [] : [textNode(piece, marks)];
  });
}

/** Mentions that a letter follows at once, as is usual in languages without spaces. */
function gluedNames(document: AdfDocument): Set<string> {
  const glued = [document, ...nodesIn(document)].flatMap(({ content = [] }) =>
    content.filter(
      ({ type }, index) =>
        type === 'mention' && /^[\p{L}\p{N}]/u.test(content[index + 1]?.text ?? ''),
    ),
  );
  return new Set(glued.map(mentionText));
}

/**
 * Finds any of the texts, of @Ann Lee and @Ann the longer one. A name only where no letter or digit follows
 * (@Anna is somebody else), unless it is one of `glued`.
 */
function anyOf(texts: readonly string[], glued: ReadonlySet<string>): RegExp | undefined {
  if (texts.length === 0) return undefined;
  const longestFirst = [...texts].sort((one, other) => other.length - one.length);
  const patterns = longestFirst.map((text) => {
    const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    const isName = text.startsWith('@') && !glued.has(text);
    return isName ? `${escaped}(?![\\p{L}\\p{N}])` : escaped;
  });
  return new RegExp(`(${patterns.join('|')})`, 'u');
}
