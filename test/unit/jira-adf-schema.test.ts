/** Documents that mean harm, or are none: refused before anything walks them. */
import fc from 'fast-check';
import {
  adfDocumentSchema,
  jiraDocumentSchema,
  MAX_DOCUMENT_CHARACTERS,
  MAX_DOCUMENT_DEPTH,
  MAX_DOCUMENT_VALUES,
} from '../../src/jira/adf/document-schema';
import { adfDocument } from '../support/adf-documents';

const doc = (...content: unknown[]) => docOf(content);
const docOf = (content: unknown[]) => ({ type: 'doc', version: 1, content });
const fault = (document: unknown): string | undefined =>
  adfDocumentSchema.safeParse(document).error?.issues[0]?.message;
const nested = (depth: number): unknown => {
  let node: unknown = { type: 'paragraph' };
  for (let n = 0; n < depth; n += 1) node = { type: 'blockquote', content: [node] };
  return node;
};
const nestedAttribute = (depth: number): unknown =>
  JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth));

test('documents as people write them are taken as they are', () => {
  fc.assert(
    fc.property(adfDocument, (document) => {
      expect(adfDocumentSchema.parse(document)).toBe(document);
      expect(jiraDocumentSchema.parse(document)).toBe(document);
    }),
  );
});

test.each<[string, unknown, string]>([
  ['no object', 'doc', 'must be an object'],
  ['a list', [doc()], 'must be an object'],
  ['null', null, 'must be an object'],
  ['another part of a document', { type: 'paragraph', content: [] }, 'outermost'],
  ['a document within a document', doc({ type: 'doc', content: [] }), 'outermost'],
  ['one of another version', { type: 'doc', version: 2, content: [] }, 'version'],
  ['one without content', { type: 'doc', version: 1 }, 'not whole'],
  ['content that is no list', { type: 'doc', version: 1, content: {} }, 'list'],
  ['a node that is text', doc('x'), 'must be an object'],
  ['a node without a type', doc({ attrs: {} }), 'no type'],
  ['a node whose type is inherited', doc(JSON.parse('{"__proto__":{"type":"rule"}}')), 'no type'],
  ['a type that is not known', doc({ type: 'iframe' }), 'no node of this type'],
  ['a type that every object has', doc({ type: 'constructor' }), 'no node of this type'],
  [
    'a mark that is not known',
    doc({ type: 'text', text: 'x', marks: [{ type: 'blink' }] }),
    'no mark of this type',
  ],
  ['a node for a mark', doc({ type: 'text', text: 'x', marks: [{ type: 'rule' }] }), 'no mark'],
  ['a member that is not known', doc({ type: 'rule', onclick: 'x' }), 'not known'],
  ['a member called __proto__', doc(JSON.parse('{"type":"rule","__proto__":{}}')), 'not known'],
  [
    'an attribute called __proto__',
    doc(JSON.parse('{"type":"rule","attrs":{"a":[{"__proto__":{"b":1}}]}}')),
    '__proto__',
  ],
  [
    'an attribute called constructor',
    doc({ type: 'rule', attrs: { constructor: 1 } }),
    'constructor',
  ],
  ['attributes that are a list', doc({ type: 'rule', attrs: [] }), 'must be an object'],
  ['text that is none', doc({ type: 'text', text: 1 }), 'Only a text has text'],
  ['text where none belongs', doc({ type: 'rule', text: 'x' }), 'Only a text has text'],
  ['a text without text', doc({ type: 'text' }), 'no text'],
  [
    'a link that is a script',
    doc({
      type: 'text',
      text: 'x',
      marks: [{ type: 'link', attrs: { href: ' java\tscript:alert(1)' } }],
    }),
    'script',
  ],
  [
    'a card that is a script',
    doc({ type: 'inlineCard', attrs: { url: 'JavaScript:x' } }),
    'script',
  ],
  ['nesting without end', doc(nested(100_000)), 'too deeply'],
  ['nesting in an attribute', doc({ type: 'rule', attrs: nestedAttribute(1_000) }), 'too deeply'],
  ['a million nodes', docOf(Array.from({ length: 1_000_000 }, () => ({ type: 'rule' }))), 'parts'],
  [
    'a million values in an attribute',
    doc({ type: 'rule', attrs: { a: Array.from({ length: 1_000_000 }, () => 0) } }),
    'too many parts',
  ],
  [
    'too much text',
    doc({ type: 'text', text: 'x'.repeat(MAX_DOCUMENT_CHARACTERS + 1) }),
    'too long',
  ],
  [
    'too long a key',
    doc({ type: 'rule', attrs: { ['k'.repeat(MAX_DOCUMENT_CHARACTERS + 1)]: 1 } }),
    'too long',
  ],
])('%s is refused', (_, document, reason) => {
  expect(fault(document)).toContain(reason);
});

test('what is within the bounds is taken', () => {
  const wide = Array.from({ length: MAX_DOCUMENT_VALUES / 2 - 10 }, () => ({ type: 'rule' }));
  expect(fault(docOf(wide))).toBeUndefined();
  expect(fault(doc(nested(MAX_DOCUMENT_DEPTH - 1)))).toBeUndefined();
  expect(fault(doc(nested(MAX_DOCUMENT_DEPTH)))).toContain('too deeply');
});

test('whatever JSON there is, an answer comes and no error', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(typeof adfDocumentSchema.safeParse(value).success).toBe('boolean');
      expect(typeof adfDocumentSchema.safeParse(doc(value)).success).toBe('boolean');
    }),
  );
});

test('our own Jira may use types that are newer than this app', () => {
  expect(jiraDocumentSchema.safeParse(doc({ type: 'hologram' })).success).toBe(true);
  expect(jiraDocumentSchema.safeParse(doc(nested(100_000))).success).toBe(false);
});
