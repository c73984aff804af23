/**
 * One form for one document. Jira, its editor and this app write the same document differently: with ids that
 * nobody sees, with attributes that say what holds anyway, with a text in one piece or in several.
 */
import { canonicalJson, canonicalText } from '../canonical-json';
import {
  documentOf,
  type AdfAttributes,
  type AdfDocument,
  type AdfMark,
  type AdfNode,
} from './node';

/** Made anew at will, and seen by nobody. */
const INVENTED = new Set(['localId', 'uniqueId', 'occurrenceKey']);

/**
 * Attributes that say what holds without them, from the node specifications of `@atlaskit/adf-schema`. Only
 * such as the schema does not require. Which of them Jira itself adds is UNVERIFIED; its editor adds all.
 */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  codeBlock: { language: '', wrap: false, hideLineNumbers: false },
  expand: { title: '' },
  hardBreak: { text: '\n' },
  media: { alt: '' },
  mediaSingle: { layout: 'center' },
  mention: { accessLevel: '', userType: 'DEFAULT' },
  nestedExpand: { title: '' },
  orderedList: { order: 1 },
  status: { style: '' },
  table: { isNumberColumnEnabled: false, layout: 'default', displayMode: 'default' },
  tableCell: { colspan: 1, rowspan: 1, background: '' },
  tableHeader: { colspan: 1, rowspan: 1, background: '' },
};

/**
 * The document without what Jira drops or invents. Idempotent. Empty paragraphs at the end, which the editor
 * leaves behind, are dropped too; a document with nothing in it has no content.
 */
export function canonicalDocument(document: AdfDocument): AdfDocument {
  const content = canonicalContent(document.content);
  while (content.at(-1)?.type === 'paragraph' && content.at(-1)?.content === undefined)
    content.pop();
  return documentOf(content);
}

/** Whether there is nothing in a document in canonical form. */
export const isEmptyDocument = ({ content }: AdfDocument): boolean => content.length === 0;

/** A part of a document in the same form. */
export function canonicalNode(node: AdfNode): AdfNode {
  const attrs = canonicalAttributes(node);
  const marks = canonicalMarks(node.marks ?? []);
  const content = canonicalContent(node.content ?? []);
  return {
    type: node.type,
    ...(node.text === undefined ? {} : { text: canonicalText(node.text) }),
    ...(attrs === undefined ? {} : { attrs }),
    ...(marks.length === 0 ? {} : { marks }),
    ...(content.length === 0 ? {} : { content }),
  };
}

function canonicalContent(nodes: readonly AdfNode[]): AdfNode[] {
  const joined: AdfNode[] = [];
  for (const node of nodes) {
    if (node.type === 'text' && canonicalText(node.text ?? '') === '') continue;
    const last = joined.at(-1);
    if (last?.type === 'text' && node.type === 'text' && sameMarks(last, node)) {
      // As they are: what two texts end and begin with may be one character.
      joined[joined.length - 1] = { ...last, text: (last.text ?? '') + (node.text ?? '') };
    } else {
      joined.push(node);
    }
  }
  return joined.map(canonicalNode);
}

function canonicalAttributes({ type, attrs = {} }: AdfNode | AdfMark): AdfAttributes | undefined {
  const defaults = Object.hasOwn(DEFAULTS, type) ? (DEFAULTS[type] ?? {}) : {};
  const kept = Object.entries(attrs)
    .filter(([name, value]) => !INVENTED.has(name) && value !== null && value !== undefined)
    .filter(([name, value]) => !(Object.hasOwn(defaults, name) && defaults[name] === value))
    .map(
      ([name, value]) => [name, typeof value === 'string' ? canonicalText(value) : value] as const,
    );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** A set: Jira's editor has an order of its own for them. */
function canonicalMarks(marks: readonly AdfMark[]): AdfMark[] {
  const byText = new Map(
    marks.map((mark) => {
      const attrs = canonicalAttributes(mark);
      const kept: AdfMark = attrs === undefined ? { type: mark.type } : { type: mark.type, attrs };
      return [canonicalJson(kept), kept] as const;
    }),
  );
  return [...byText.keys()].sort().flatMap((text) => byText.get(text) ?? []);
}

const sameMarks = (one: AdfNode, other: AdfNode): boolean =>
  canonicalJson(canonicalMarks(one.marks ?? [])) ===
  canonicalJson(canonicalMarks(other.marks ?? []));

/** Parts that Atlassian's schema refuses without a `localId`. */
const NEEDS_LOCAL_ID = new Set([
  ...['taskList', 'taskItem', 'blockTaskItem', 'decisionList', 'decisionItem'],
  ...['syncBlock', 'bodiedSyncBlock'],
]);

/** A document in canonical form as Jira takes it: with the attributes that the schema requires. */
export function writableDocument(document: AdfDocument): AdfDocument {
  let parts = 0;
  const writable = (node: AdfNode): AdfNode => {
    parts += 1;
    const localId = NEEDS_LOCAL_ID.has(node.type) ? { localId: `issuesync-${parts}` } : undefined;
    const required = node.type === 'nestedExpand' ? { title: '' } : localId;
    return {
      ...node,
      ...(required === undefined ? {} : { attrs: { ...required, ...node.attrs } }),
      ...(node.content === undefined
        ? emptyContent(node.type)
        : { content: node.content.map(writable) }),
    };
  };
  return documentOf(document.content.map(writable));
}

/** Atlassian's schema wants a list there, even if nothing is in it. */
const emptyContent = (type: string): Pick<AdfNode, 'content'> =>
  type === 'tableRow' || type === 'layoutSection' ? { content: [] } : {};
