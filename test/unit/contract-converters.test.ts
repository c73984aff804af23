/** Converters: value tables, sets by element, people, formatted text on its way there and back. */
import fc from 'fast-check';
import { aliasValueSchema, canonicalNames, type AliasValue } from '../../src/contract/alias-value';
import { adfConverter } from '../../src/contract/converters/adf';
import { converterFor, isElementConverter } from '../../src/contract/converters/convert';
import {
  isRefused,
  type Converter,
  type ElementConverter,
  type FieldHere,
  type Reading,
} from '../../src/contract/converters/converter';
import { accountHere, peopleIn, type Directory } from '../../src/contract/converters/person';
import { tableTranslation } from '../../src/contract/converters/value-table';
import type { ConverterSpec, PersonMatch } from '../../src/contract/mapping';
import { canonicalDocument } from '../../src/jira/adf/canonical-document';
import type { FieldKind } from '../../src/jira/field-kinds';
import { mentionsIn } from '../../src/jira/adf/mentions';
import { documentOf, paragraphOf, type AdfDocument } from '../../src/jira/adf/node';
import { adfDocument, rewrittenByJira, schemaFaults } from '../support/adf-documents';
import { anyValue, directoryOf, field, NOBODY } from '../support/contract-fields';

function converter(here: FieldHere, spec: ConverterSpec, directory: Directory = NOBODY): Converter {
  const found = converterFor(here, spec, directory);
  if (isRefused(found)) throw new Error(found.refusal.reason);
  return found.converter;
}

function elements(
  here: FieldHere,
  spec: ConverterSpec = { converter: 'by-name' },
): ElementConverter {
  const found = converter(here, spec);
  if (!isElementConverter(found)) throw new Error('It is no set');
  return found;
}

function taken<T extends object>(result: T): Exclude<T, { refusal: unknown }> {
  if (isRefused(result)) throw new Error(result.refusal.reason);
  return result as Exclude<T, { refusal: unknown }>;
}

const read = (one: Converter, json: unknown): Reading => taken(one.read(json));
const name = (called: string): AliasValue => ({ form: 'name', name: called });

const table = (
  rows: [here: string, there: string][],
  unlisted: 'by-name' | 'refuse' = 'by-name',
): Extract<ConverterSpec, { converter: 'value-table' }> => ({
  converter: 'value-table',
  rows: rows.map(([here, there]) => ({ here, there })),
  unlisted,
});

describe('one of a list', () => {
  const priority = field('priority', { name: 'Priority' });

  test('is found by name, whatever the case and the Unicode form', () => {
    const byName = converter(priority, { converter: 'by-name' });
    expect(byName.write(name('highest'))).toEqual({ json: { id: '1' } });
    expect(byName.write(name('Ünïcode'.normalize('NFD')))).toEqual({ json: { id: '3' } });
  });

  test('is refused in words if it is not there', () => {
    expect(converter(priority, { converter: 'by-name' }).write(name('Blocker'))).toEqual({
      refusal: {
        code: 'no-such-choice',
        reason:
          'There is no priority Blocker here: add it in Jira and save the contract again, or map it there.',
      },
    });
  });

  test('is no other value after it was renamed in Jira', () => {
    const byName = converter(priority, { converter: 'by-name' });
    const before = read(byName, { id: '1', name: 'Highest' });
    const after = read(byName, { id: '1', name: 'Very high' });
    expect(after.mine).toBe(before.mine);
    expect(after.value).toEqual(name('Very high'));
    expect(read(byName, { id: '2', name: 'Highest' }).mine).not.toBe(before.mine);
  });

  test('is not emptied where it is required', () => {
    const required = converter({ ...priority, required: true }, { converter: 'by-name' });
    expect(required.write(null)).toMatchObject({ refusal: { code: 'must-not-be-empty' } });
    expect(converter(priority, { converter: 'by-name' }).write(null)).toEqual({ json: null });
  });
});

describe('a value table', () => {
  test('translates in both directions, and leaves alone what it does not name', () => {
    const spec = table([['Highest', 'Critical']]);
    const mapped = converter(field('priority'), spec);
    expect(mapped.write(name('critical'))).toEqual({ json: { id: '1' } });
    expect(read(mapped, { id: '1', name: 'Highest' }).value).toEqual(name('Critical'));
    expect(mapped.write(name('High'))).toEqual({ json: { id: '2' } });
  });

  test('refuses what it does not name, if it is told to', () => {
    const strict = converter(field('priority'), table([['Highest', 'Critical']], 'refuse'));
    expect(strict.write(name('High'))).toMatchObject({ refusal: { code: 'no-such-choice' } });
    expect(strict.read({ id: '2', name: 'High' })).toMatchObject({
      refusal: { code: 'no-such-choice' },
    });
    expect(strict.lossy).toBe(false);
  });

  test.each<[string, [string, string][], boolean]>([
    [
      'one to one',
      [
        ['a', 'x'],
        ['b', 'y'],
        ['x', 'a'],
        ['y', 'b'],
      ],
      false,
    ],
    [
      'two there that are one here',
      [
        ['a', 'x'],
        ['a', 'y'],
      ],
      true,
    ],
    [
      'two here that are one there',
      [
        ['a', 'x'],
        ['b', 'x'],
      ],
      true,
    ],
    ['one that is equal by name to another', [['a', 'x']], true],
    [
      'a row said twice',
      [
        ['a', 'a'],
        ['A', 'a'],
      ],
      false,
    ],
  ])('%s: lossy or not', (_, rows, lossy) => {
    expect(tableTranslation(table(rows)).lossy).toBe(lossy);
  });

  test('one that is not lossy gives back each name that it was given', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, word), { maxLength: 5 }),
        fc.constantFrom<'by-name' | 'refuse'>('by-name', 'refuse'),
        word,
        (rows, unlisted, there) => {
          const translation = tableTranslation(table(rows, unlisted));
          const here = translation.toHere(there);
          if (translation.lossy || here === undefined) return;
          expect(translation.toThere(here)).toBe(there);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('several of a list', () => {
  const components = field('components', {
    name: 'Components',
    choices: [
      { id: '10', name: 'Web' },
      { id: '11', name: 'API' },
      { id: '12', name: 'Both' },
    ],
  });
  const inJira = (...ids: string[]) =>
    ids.map((id) => ({ id, name: components.choices?.find((one) => one.id === id)?.name }));

  test('are added and removed one by one, and what somebody else added stays', () => {
    const change = { wanted: ['Web', 'API'], removed: ['Both'] };
    expect(elements(components).writeElements(change, inJira('10', '12'))).toEqual({
      update: [{ add: { id: '11' } }, { remove: { id: '12' } }],
      refused: [],
    });
    expect(
      elements(components).writeElements({ wanted: ['Web'], removed: [] }, inJira('11')),
    ).toEqual({
      update: [{ add: { id: '10' } }],
      refused: [],
    });
  });

  test('one that is not there is refused by itself', () => {
    const change = { wanted: ['Web', 'Mobile'], removed: ['Desktop'] };
    expect(elements(components).writeElements(change, undefined)).toMatchObject({
      update: [{ add: { id: '10' } }],
      refused: [
        {
          element: 'Mobile',
          refusal: {
            reason: expect.stringContaining('There is no component Mobile here') as string,
          },
        },
      ],
    });
  });

  test('one that cannot be here was not removed by anybody', () => {
    const known = ['Web', 'Mobile', 'API'];
    expect(elements(components).elementsNow(known, inJira('10', '12'))).toEqual({
      elements: ['Both', 'Mobile', 'Web'],
    });
  });

  test('two that are one here stay two until the one is removed', () => {
    const mapped = elements(
      components,
      table([
        ['Both', 'Web'],
        ['Both', 'API'],
      ]),
    );
    expect(mapped.writeElements({ wanted: ['Web', 'API'], removed: [] }, [])).toMatchObject({
      update: [{ add: { id: '12' } }],
    });
    expect(mapped.elementsNow(['API', 'Web'], inJira('12'))).toEqual({ elements: ['API', 'Web'] });
    expect(mapped.elementsNow(['API', 'Web'], [])).toEqual({ elements: [] });
    // One of the two goes there: here it still stands for the other.
    expect(mapped.writeElements({ wanted: ['API'], removed: ['Web'] }, inJira('12'))).toMatchObject(
      {
        update: [],
      },
    );
  });

  test('a version that is archived is still removed from the issue that has it', () => {
    const versions = elements(field('versions', { choices: [] }));
    const change = { wanted: [], removed: ['1.0'] };
    expect(versions.writeElements(change, [{ id: '7', name: '1.0', archived: true }])).toEqual({
      update: [{ remove: { id: '7' } }],
      refused: [],
    });
  });

  test('labels have no spaces, and are removed in the Unicode form in which Jira has them', () => {
    const labels = elements(field('labels'));
    expect(labels.writeElements({ wanted: ['two words'], removed: [] }, [])).toMatchObject({
      update: [{ add: 'two_words' }],
    });
    expect(labels.elementsNow(['two words'], ['two_words', 'x'])).toEqual({
      elements: ['two words', 'x'],
    });
    const nfd = 'e\u0301';
    expect(labels.writeElements({ wanted: [], removed: ['é'] }, [nfd])).toMatchObject({
      update: [{ remove: nfd }],
    });
  });

  test('whatever is wanted, what Jira has afterwards is read as just that', () => {
    const labels = elements(field('labels'));
    const set = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c d', '__proto__', 'é'), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(set, set, (before, wanted) => {
        const current = taken(labels.write({ form: 'names', names: before })).json as string[];
        const known = taken(labels.elementsNow(before, current)).elements;
        expect(known).toEqual(canonicalNames(before));
        const removed = known.filter((one) => !wanted.includes(one));
        const { update } = taken(labels.writeElements({ wanted, removed }, current));
        const after = new Set(current);
        for (const verb of update) {
          if ('add' in verb) after.add(verb.add as string);
          else after.delete(verb.remove as string);
        }
        expect(taken(labels.elementsNow(wanted, [...after])).elements).toEqual(
          canonicalNames(wanted),
        );
      }),
    );
  });
});

describe('people', () => {
  const match = (changes: Partial<PersonMatch> = {}): PersonMatch => ({
    by: ['account-id', 'email'],
    table: [],
    ...changes,
  });
  const directory = directoryOf(
    { accountId: 'acc-1', active: true, email: 'ann@a.example' },
    { accountId: 'acc-9', active: false },
  );
  const spec = (
    otherwise: Extract<ConverterSpec, { converter: 'user' }>['otherwise'],
    changes: Partial<PersonMatch> = {},
  ): ConverterSpec => ({
    converter: 'user',
    match: match(changes),
    otherwise,
    exposes: { accountId: false, email: false },
  });
  const ann = { form: 'user' as const, displayName: 'Ann' };

  test.each([
    ['the same account', { ...ann, accountId: 'acc-1' }, match(), 'acc-1'],
    ['the same address', { ...ann, email: 'ann@a.example' }, match(), 'acc-1'],
    [
      'an account, if accounts do not count',
      { ...ann, accountId: 'acc-1' },
      match({ by: [] }),
      undefined,
    ],
    ['a deactivated account', { ...ann, accountId: 'acc-9' }, match(), undefined],
    ['an equal name alone', ann, match(), undefined],
    ['a name in the table', ann, match({ table: [{ there: 'Ann', here: 'x' }] }), 'x'],
    [
      'an address in the table, in whatever case',
      { ...ann, email: 'Ann@B.example' },
      match({ table: [{ there: 'ann@b.example', here: 'x' }] }),
      'x',
    ],
    [
      'the table before the account',
      { ...ann, accountId: 'acc-1' },
      match({ table: [{ there: 'acc-1', here: 'x' }] }),
      'x',
    ],
  ])('%s', (_, person, matching, account) => {
    expect(accountHere(person, matching, directory)).toBe(account);
  });

  test('nobody’s place is left empty, taken by one, or refused', () => {
    const here = field('user', { name: 'Assignee' });
    const write = (user: ConverterSpec, required = false) =>
      converter({ ...here, required }, user, directory).write(ann);
    expect(write(spec({ kind: 'empty' }))).toEqual({ json: null });
    expect(write(spec({ kind: 'empty' }), true)).toEqual({ json: undefined });
    expect(write(spec({ kind: 'fixed', accountId: 'f' }))).toEqual({ json: { accountId: 'f' } });
    expect(write(spec({ kind: 'refuse' }))).toEqual({
      refusal: {
        code: 'unmapped-user',
        reason: 'Nobody here is Ann: map them in the contract, for the field Assignee.',
      },
    });
  });

  test('only what the contract exposes of them travels, and a new name is no change', () => {
    const json = { accountId: 'acc-1', displayName: 'Ann', emailAddress: 'ann@a.example' };
    const hidden = converter(field('user'), spec({ kind: 'empty' }));
    const shown = converter(field('user'), {
      ...(spec({ kind: 'empty' }) as Extract<ConverterSpec, { converter: 'user' }>),
      exposes: { accountId: true, email: true },
    });
    expect(read(hidden, json).value).toEqual(ann);
    expect(read(shown, json).value).toEqual({
      ...ann,
      accountId: 'acc-1',
      email: 'ann@a.example',
    });
    const renamed = { ...json, displayName: 'Ann Lee' };
    expect(read(hidden, renamed).mine).toBe(read(hidden, json).mine);
    expect(read(hidden, { ...json, accountId: 'acc-2' }).mine).not.toBe(read(hidden, json).mine);
  });
});

describe('formatted text', () => {
  const spec = (
    exposed: boolean,
    mentions: PersonMatch = { by: ['account-id'], table: [] },
  ): Extract<ConverterSpec, { converter: 'adf' }> => ({
    converter: 'adf',
    mentions,
    exposes: { accountId: exposed },
  });
  const rich = field('rich-text');
  const side = (exposed: boolean, directory = NOBODY) =>
    adfConverter({ ...rich, kind: 'rich-text' }, spec(exposed), directory);

  test('comes home whole, whatever the other site could not have of it', () => {
    fc.assert(
      fc.property(
        adfDocument,
        fc.nat(),
        fc.boolean(),
        fc.boolean(),
        (ours, seed, exposed, known) => {
          const directory = known ? directoryOf({ accountId: 'acc-1', active: true }) : NOBODY;
          const here = side(exposed);
          const there = side(exposed, directory);
          const sent = read(here, ours).value;
          expect(sent === null || aliasValueSchema.safeParse(sent).success).toBe(true);
          const written = taken(there.write(sent)).json;
          const stored = written === null ? null : rewrittenByJira(written as AdfDocument, seed);
          if (written !== null) expect(schemaFaults(written)).toEqual([]);
          // Somebody there edits something, so that all of it comes back.
          const back = read(there, stored).value;
          const home = taken(here.write(back, ours)).json;
          expect(home === null ? documentOf([]) : canonicalDocument(home as AdfDocument)).toEqual(
            canonicalDocument(ours),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test('is no other one after Jira’s editor saved it as it was, or a person was renamed', () => {
    fc.assert(
      fc.property(adfDocument, fc.nat(), (document, seed) => {
        const renamed = JSON.parse(
          JSON.stringify(rewrittenByJira(document, seed)).replaceAll('"@Ann Lee"', '"@Ann Doe"'),
        ) as AdfDocument;
        expect(read(side(true), renamed).mine).toBe(read(side(true), document).mine);
      }),
    );
  });

  test('mentions nobody here whom only the other site calls by that id', () => {
    const hostile: AliasValue = {
      form: 'rich-text',
      document: documentOf([
        {
          type: 'paragraph',
          content: [
            { type: 'mention', attrs: { id: 'acc-1', text: '@Ann' } },
            { type: 'mention', attrs: { id: 'victim', text: '@Victim' } },
          ],
        },
      ]),
    };
    const directory = directoryOf(
      { accountId: 'acc-1', active: true },
      { accountId: 'victim', active: false },
    );
    const json = taken(side(true, directory).write(hostile)).json as AdfDocument;
    expect(mentionsIn(json)).toEqual([{ accountId: 'acc-1', name: 'Ann' }]);
    expect(peopleIn(hostile)).toEqual([
      { displayName: 'Ann', accountId: 'acc-1' },
      { displayName: 'Victim', accountId: 'victim' },
    ]);
  });

  test('does not tell account ids that are not exposed', () => {
    fc.assert(
      fc.property(adfDocument, (document) => {
        expect(JSON.stringify(read(side(false), document).value)).not.toContain('acc-');
      }),
    );
  });

  test('of empty paragraphs is empty, and what is longer than Jira takes is refused', () => {
    expect(read(side(true), documentOf([{ type: 'paragraph' }])).value).toBeNull();
    const long = documentOf([paragraphOf('x'.repeat(32_768))]);
    expect(side(true).write({ form: 'rich-text', document: long })).toMatchObject({
      refusal: { code: 'too-long' },
    });
  });
});

describe('a line of text', () => {
  const text = field('text');

  test('is refused if it is too long, and cut if it is but a rendering of something else', () => {
    const long: AliasValue = { form: 'text', text: 'x'.repeat(256) };
    expect(converter(text, { converter: 'same' }).write(long)).toMatchObject({
      refusal: { code: 'too-long' },
    });
    const { json } = taken(converter(text, { converter: 'text' }).write(long));
    expect(json).toBe(`${'x'.repeat(254)}…`);
  });

  test('is not cut through a character', () => {
    const long: AliasValue = { form: 'text', text: `${'x'.repeat(253)}😀😀` };
    expect(taken(converter(text, { converter: 'text' }).write(long)).json).toBe(
      `${'x'.repeat(253)}…`,
    );
  });
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'C:\\x', 'https://a b'])(
  'the URL %s is refused',
  (url) => {
    expect(
      converter(field('url'), { converter: 'same' }).write({ form: 'url', url }),
    ).toMatchObject({
      refusal: { code: 'bad-url' },
    });
  },
);

const NO_ONE: PersonMatch = { by: [], table: [] };
const OWN_CONVERTERS: [FieldKind, ConverterSpec][] = [
  ['number', { converter: 'same' }],
  ['option', { converter: 'by-name' }],
  ['labels', { converter: 'by-name' }],
  ['rich-text', { converter: 'adf', mentions: NO_ONE, exposes: { accountId: true } }],
  [
    'user',
    {
      converter: 'user',
      match: NO_ONE,
      otherwise: { kind: 'refuse' },
      exposes: { accountId: true, email: true },
    },
  ],
];

test.each(OWN_CONVERTERS)(
  'what is no %s in Jira’s answer is refused, not guessed',
  (kind, spec) => {
    for (const json of [{}, 'x', true, { id: 1 }, [null]]) {
      expect(converter(field(kind), spec).read(json)).toMatchObject({
        refusal: { code: 'unreadable' },
      });
    }
  },
);

test('a converter for another kind of field is refused', () => {
  expect(converterFor(field('number'), { converter: 'by-name' }, NOBODY)).toMatchObject({
    refusal: { code: 'type-clash' },
  });
});

test('whatever arrives, each converter answers', () => {
  fc.assert(
    fc.property(anyValue, fc.constantFrom(...OWN_CONVERTERS), (value, [kind, spec]) => {
      const result = converter(field(kind), spec).write(value);
      expect('json' in result || 'refusal' in result).toBe(true);
    }),
  );
});
