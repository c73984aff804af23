/** Documents for property tests: valid by Atlassian's schema, with all that a person can put into one. */
import Ajv, { type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { createRequire } from 'node:module';
import type { AdfDocument, AdfMark, AdfNode } from '../../src/jira/adf/node';

export const adfJsonSchema = createRequire(__filename)(
  '@atlaskit/adf-schema/json-schema/v1/full.json',
) as { $schema: string; definitions: Record<string, AdfDefinition> };

export interface AdfDefinition {
  properties?: { type?: { enum?: string[] }; attrs?: { properties?: Record<string, unknown> } };
}

let validate: ValidateFunction | undefined;

/** What Atlassian's schema says about a document: nothing where it is valid. */
export function schemaFaults(document: unknown): string[] {
  const { $schema: _, ...schema } = adfJsonSchema;
  validate ??= new Ajv({ strict: false, validateSchema: false }).compile(schema);
  if (validate(document)) return [];
  // Each alternative complains; the deepest complaint is the one that helps.
  return (validate.errors ?? [])
    .map(({ instancePath, message = '' }) => `${instancePath}: ${message}`)
    .sort((one, other) => other.length - one.length)
    .slice(0, 3);
}

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  fc.constantFrom('@Ben', '@Ben Lee', ' ', 'e\u0301', 'a\r\nb', '[File a.png is not copied'),
);

const mark: fc.Arbitrary<AdfMark> = fc.oneof(
  fc.constantFrom<AdfMark>({ type: 'strong' }, { type: 'em' }, { type: 'underline' }),
  fc.constant<AdfMark>({ type: 'link', attrs: { href: 'https://a.example', title: 'A' } }),
);
const marks = fc.uniqueArray(mark, { maxLength: 2, selector: ({ type }) => type });

const localId = fc.uuid();
const mediaId = fc.constantFrom('m-1', 'm-2');
const name = fc.constantFrom('Ann', 'Ann Lee', 'Zoë', '@home');

const textNode: fc.Arbitrary<AdfNode> = fc.record({
  type: fc.constant('text'),
  text,
  marks,
});

const mention: fc.Arbitrary<AdfNode> = fc
  .record({ id: fc.constantFrom('acc-1', 'acc-2'), name, localId })
  .map((one) => ({
    type: 'mention',
    attrs: { id: one.id, text: `@${one.name}`, accessLevel: '', localId: one.localId },
  }));

const inline: fc.Arbitrary<AdfNode> = fc.oneof(
  { weight: 5, arbitrary: textNode },
  fc.constant<AdfNode>({ type: 'hardBreak', attrs: { text: '\n' } }),
  fc.constant<AdfNode>({ type: 'text', text: 'x = 1', marks: [{ type: 'code' }] }),
  mention,
  localId.map((id) => ({ type: 'date', attrs: { timestamp: '1764028800000', localId: id } })),
  fc.constant<AdfNode>({ type: 'emoji', attrs: { shortName: ':x:', id: 'x', text: '✗' } }),
  fc.constant<AdfNode>({ type: 'status', attrs: { text: 'OPEN', color: 'blue', style: '' } }),
  fc.constant<AdfNode>({ type: 'inlineCard', attrs: { url: 'https://a.example/x' } }),
  mediaId.map((id) => ({ type: 'mediaInline', attrs: { id, collection: 'c', alt: 'in.png' } })),
);
const line = fc.array(inline, { maxLength: 4 });

const paragraph: fc.Arbitrary<AdfNode> = fc
  .record({ content: line, localId })
  .map(({ content, localId: id }) => ({ type: 'paragraph', attrs: { localId: id }, content }));

const media = fc
  .record({ id: mediaId, alt: fc.constantFrom('', 'shot.png', 'a]b [c') })
  .map((file) => ({
    type: 'media',
    attrs: { type: 'file', collection: 'c', width: 10, height: 10, ...file },
  }));

const leafBlock: fc.Arbitrary<AdfNode> = fc.oneof(
  { weight: 4, arbitrary: paragraph },
  fc.constant<AdfNode>({ type: 'rule' }),
  line.map((content) => ({ type: 'heading', attrs: { level: 2 }, content })),
  text.map((code) => ({
    type: 'codeBlock',
    attrs: { language: 'ts', wrap: false },
    content: [{ type: 'text', text: code }],
  })),
  media.map((file) => ({ type: 'mediaSingle', attrs: { layout: 'center' }, content: [file] })),
  fc
    .record({ file: media, content: fc.array(fc.oneof(textNode, mention), { maxLength: 2 }) })
    .map((single) => ({
      type: 'mediaSingle',
      attrs: { layout: 'center' },
      content: [single.file, { type: 'caption', content: single.content }],
    })),
  fc
    .array(media, { minLength: 1, maxLength: 2 })
    .map((content) => ({ type: 'mediaGroup', content })),
  fc.record({ line, localId, item: localId }).map((task) => ({
    type: 'taskList',
    attrs: { localId: task.localId },
    content: [
      { type: 'taskItem', attrs: { localId: task.item, state: 'TODO' }, content: task.line },
    ],
  })),
);

const cell = fc
  .record({ content: fc.array(leafBlock, { minLength: 1, maxLength: 2 }) })
  .map((one) => ({
    type: 'tableCell',
    attrs: { colspan: 1, rowspan: 1 },
    content: one.content,
  }));

const blocks = fc.array(leafBlock, { minLength: 1, maxLength: 2 });

const block: fc.Arbitrary<AdfNode> = fc.oneof(
  { weight: 5, arbitrary: leafBlock },
  fc.array(paragraph, { minLength: 1, maxLength: 2 }).map((content) => ({
    type: 'orderedList',
    attrs: { order: 1 },
    content: content.map((item) => ({ type: 'listItem', content: [item] })),
  })),
  fc.array(cell, { minLength: 1, maxLength: 2 }).map((content) => ({
    type: 'table',
    attrs: { isNumberColumnEnabled: false, layout: 'default' },
    content: [{ type: 'tableRow', content }],
  })),
  blocks.map((content) => ({ type: 'panel', attrs: { panelType: 'info' }, content })),
  blocks.map((content) => ({ type: 'expand', attrs: { title: '' }, content })),
  fc.constant<AdfNode>({
    type: 'extension',
    attrs: { extensionType: 'com.x', extensionKey: 'chart', parameters: { a: [1, { b: null }] } },
  }),
);

/** As our Jira might say it. */
export const adfDocument: fc.Arbitrary<AdfDocument> = fc
  .array(block, { maxLength: 4 })
  .map((content) => ({ type: 'doc', version: 1, content }));

/**
 * What Jira or its editor may make of a document: the same to read, written down differently. `seed` decides
 * how, so that two calls differ.
 */
export function rewrittenByJira(document: AdfDocument, seed: number): AdfDocument {
  let n = seed;
  const next = (): number => (n = (n * 48_271 + 11) % 2_147_483_647);
  const rewritten = (node: AdfNode): AdfNode[] => {
    if (node.type === 'text') return splitText(node, next() % 3);
    const added: Record<string, unknown> = { ...node.attrs };
    if (next() % 2 === 0 && !['media', 'mediaGroup', 'hardBreak'].includes(node.type)) {
      added.localId = `local-${next()}`;
    }
    if (node.type === 'table') added.displayMode = 'default';
    if (node.type === 'mention') added.accessLevel = '';
    const content = node.content?.flatMap(rewritten);
    return [
      {
        ...node,
        attrs: added,
        ...(next() % 2 === 0 && node.marks === undefined ? { marks: [] } : {}),
        ...(content === undefined ? {} : { content }),
      },
    ];
  };
  const content = document.content.flatMap(rewritten);
  return { ...document, content: next() % 3 === 0 ? [...content, { type: 'paragraph' }] : content };
}

/** One text in two pieces, its marks in another order. */
function splitText(node: AdfNode, at: number): AdfNode[] {
  const { text: whole = '', marks: given } = node;
  const turned = given === undefined ? node : { ...node, marks: [...given].reverse() };
  if (at === 0 || at >= whole.length) return [turned];
  return [
    { ...turned, text: whole.slice(0, at) },
    { ...turned, text: whole.slice(at) },
  ];
}
