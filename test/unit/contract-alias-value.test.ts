/** What travels: closed and bounded; one hash for what people would call the same. */
import fc from 'fast-check';
import {
  aliasValueSchema,
  canonicalValue,
  hashOfValue,
  MAX_NAMES,
} from '../../src/contract/alias-value';
import { canonicalJson, canonicalText, hashOf } from '../../src/jira/canonical-json';
import { anyValue } from '../support/contract-fields';

test('each value is what it was after it travelled', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const canonical = canonicalValue(value);
      if (canonical === null) return;
      const arrived = aliasValueSchema.parse(JSON.parse(JSON.stringify(canonical)));
      expect(arrived).toEqual(canonical);
      expect(canonicalValue(arrived)).toEqual(canonical);
      expect(hashOfValue(arrived)).toBe(hashOfValue(value));
    }),
    { numRuns: 300 },
  );
});

test.each<[string, unknown]>([
  ['no object', 'x'],
  ['a form that is not known', { form: 'hologram', data: 1 }],
  ['a form that every object has', { form: 'constructor' }],
  ['a member that is not known', { form: 'text', text: 'x', html: '<b>x</b>' }],
  ['an empty text: that is null', { form: 'text', text: '' }],
  ['too long a text', { form: 'text', text: 'x'.repeat(32_768) }],
  ['a number that is none', { form: 'number', number: '1' }],
  ['a number without end', { form: 'number', number: Infinity }],
  ['a day that does not exist', { form: 'date', date: '2026-02-30' }],
  ['a day as a time', { form: 'date', date: '2026-02-03T00:00:00Z' }],
  ['a time in another zone', { form: 'datetime', instant: '2026-02-03T00:00:00.000+01:00' }],
  ['a time that does not exist', { form: 'datetime', instant: '2026-02-30T00:00:00.000Z' }],
  ['a name too long', { form: 'name', name: 'x'.repeat(256) }],
  ['too many names', { form: 'names', names: Array.from({ length: MAX_NAMES + 1 }, String) }],
  ['names that are ids', { form: 'names', names: [{ id: '1' }] }],
  ['a user without a name', { form: 'user', accountId: 'x' }],
  ['an account id too long', { form: 'user', displayName: 'x', accountId: 'x'.repeat(129) }],
  [
    'a document of an unknown type',
    { form: 'rich-text', document: { type: 'doc', version: 1, content: [{ type: 'iframe' }] } },
  ],
])('%s does not travel', (_, value) => {
  expect(aliasValueSchema.safeParse(value).success).toBe(false);
});

test.each<[string, Parameters<typeof hashOfValue>[0], Parameters<typeof hashOfValue>[0]]>([
  ['white space around it', { form: 'text', text: ' a\r\n' }, { form: 'text', text: 'a' }],
  ['its Unicode form', { form: 'text', text: 'e\u0301' }, { form: 'text', text: 'é' }],
  ['nothing but white space', { form: 'text', text: ' \n' }, null],
  ['the sign of nought', { form: 'number', number: -0 }, { form: 'number', number: 0 }],
  ['its order', { form: 'names', names: ['b', 'a', 'b'] }, { form: 'names', names: ['a', 'b'] }],
  ['an empty set', { form: 'names', names: [] }, null],
])('%s is no difference', (_, one, other) => {
  expect(hashOfValue(one)).toBe(hashOfValue(other));
});

test('values of different forms are different', () => {
  const values = [
    null,
    { form: 'text', text: '1' },
    { form: 'number', number: 1 },
    { form: 'name', name: '1' },
    { form: 'names', names: ['1'] },
    { form: 'url', url: '1' },
    { form: 'user', displayName: '1' },
  ] as const;
  const hashes = values.map((value) =>
    hashOfValue(value && 'names' in value ? { ...value, names: [...value.names] } : value),
  );
  expect(new Set(hashes).size).toBe(values.length);
});

test('the hash is SHA-256 of the JSON with its keys in order, so that another end can make it too', () => {
  expect(
    canonicalJson({ b: [1, -0, null, true, undefined], a: { é: 'e\u0301' }, c: undefined }),
  ).toBe('{"a":{"é":"é"},"b":[1,0,null,true,null]}');
  expect(hashOf({ b: 1, a: 2 })).toBe(hashOf({ a: 2, b: 1 }));
  expect(hashOfValue({ form: 'text', text: 'x' })).toBe(
    hashOf(JSON.parse('{"text":"x","form":"text"}')),
  );
  expect(hashOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});

test('text in canonical form is in canonical form', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(canonicalText(canonicalText(text))).toBe(canonicalText(text));
    }),
  );
  expect(canonicalText('a\u0000\r\nb\rc\ud800')).toBe('a\nb\nc\ufffd');
});
