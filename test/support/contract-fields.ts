/** Fields, people and values for the tests of contracts. */
import fc from 'fast-check';
import type { AliasForm, AliasValue } from '../../src/contract/alias-value';
import type { Directory, Person } from '../../src/contract/converters/person';
import type { FieldKind } from '../../src/jira/field-kinds';
import type { Choice, JiraField } from '../../src/jira/field-metadata';
import { adfDocument } from './adf-documents';

export const CHOICES: readonly Choice[] = [
  { id: '1', name: 'Highest' },
  { id: '2', name: 'High' },
  { id: '3', name: 'Ünïcode' },
];

export const field = (kind: FieldKind, changes: Partial<JiraField> = {}): JiraField => ({
  id: `field-of-${kind}`,
  name: `The ${kind}`,
  kind,
  choices: CHOICES,
  required: false,
  hasDefault: false,
  readOnly: false,
  custom: true,
  ...changes,
});

export const directoryOf = (...people: (Person & { email?: string })[]): Directory => ({
  byAccountId: (accountId) => people.find((one) => one.accountId === accountId),
  byEmail: (email) => people.find((one) => one.email === email),
});

export const NOBODY = directoryOf();

const choiceNames = CHOICES.map(({ name }) => name);
const words = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  fc.constantFrom('  spaces  ', 'two\r\nlines', 'e\u0301', 'Highest'),
);

/** Values as they travel, in forms that a field with `CHOICES` can take. */
export const valuesOf: { [F in AliasForm]: fc.Arbitrary<Extract<AliasValue, { form: F }>> } = {
  text: words.map((text) => ({ form: 'text', text })),
  'rich-text': adfDocument.map((document) => ({ form: 'rich-text', document })),
  number: fc
    .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())
    .map((number) => ({ form: 'number', number })),
  date: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => ({ form: 'date', date: date.toISOString().slice(0, 10) })),
  datetime: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => ({ form: 'datetime', instant: date.toISOString() })),
  url: fc.webUrl({ withQueryParameters: true }).map((url) => ({ form: 'url', url })),
  user: fc.constantFrom('acc-1', 'acc-2').map((accountId) => ({
    form: 'user',
    displayName: 'Ann',
    accountId,
  })),
  name: fc.constantFrom(...choiceNames).map((name) => ({ form: 'name', name })),
  names: fc.uniqueArray(fc.constantFrom(...choiceNames)).map((names) => ({ form: 'names', names })),
};

/** What a kind of field may be given that is of another form than its own. */
export const anyValue: fc.Arbitrary<AliasValue> = fc.oneof(...Object.values(valuesOf));

/**
 * What Jira says of a field after it was given `json`, as an adversary: text trimmed, line ends as it likes,
 * choices with all that it knows of them, people by name.
 */
export function jiraStores(
  kind: FieldKind,
  json: unknown,
  rewrite: (json: unknown) => unknown,
): unknown {
  if (json === null || json === undefined) return null;
  switch (kind) {
    case 'text':
    case 'url':
      return ` ${textIn(json)}\r\n`;
    case 'rich-text':
      return rewrite(json);
    case 'number':
    case 'date':
      return json;
    case 'datetime':
      return textIn(json).replace('+0000', '+00:00');
    case 'user': {
      const { accountId } = json as { accountId: string };
      return { self: 'https://x.example', accountId, displayName: 'Ann', active: true };
    }
    case 'labels':
      return [...(json as string[])].sort().reverse();
    case 'options':
    case 'components':
    case 'versions':
      return [...(json as { id: string }[])].reverse().map((one) => choiceInJira(kind, one));
    default:
      return choiceInJira(kind, json as { id: string });
  }
}

function textIn(json: unknown): string {
  if (typeof json !== 'string') throw new Error('Jira wants text here');
  return json;
}

function choiceInJira(kind: FieldKind, { id }: { id: string }): object {
  const name = CHOICES.find((choice) => choice.id === id)?.name;
  return kind === 'option' || kind === 'options' ? { self: 'x', id, value: name } : { id, name };
}
