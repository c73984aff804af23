/** The default mapping of two projects, from what each side says of its fields. */
import { converterFor } from '../../src/contract/converters/convert';
import { isRefused } from '../../src/contract/converters/converter';
import { defaultAlias, defaultMapping } from '../../src/contract/default-mapping';
import {
  describeContract,
  describeField,
  descriptionSchema,
  type FieldDescription,
} from '../../src/contract/description';
import { CONTRACT } from '../support/sync-world';
import { mappingEntrySchema } from '../../src/contract/mapping';
import type { FieldKind } from '../../src/jira/field-kinds';
import { statusField, type JiraField, type UnsupportedField } from '../../src/jira/field-metadata';
import { NOBODY } from '../support/contract-fields';

const choices = (...names: string[]) => names.map((name, n) => ({ id: String(n), name }));

const system = (id: string, kind: FieldKind, changes: Partial<JiraField> = {}): JiraField => ({
  id,
  name: id,
  kind,
  required: false,
  hasDefault: false,
  readOnly: false,
  custom: false,
  ...changes,
});
const custom = (name: string, kind: FieldKind, changes: Partial<JiraField> = {}): JiraField =>
  system(`customfield_${name}`, kind, { name, custom: true, ...changes });

/** As Jira has them in a project that nobody has changed. */
const PROJECT: JiraField[] = [
  system('summary', 'text', { required: true }),
  system('description', 'rich-text'),
  system('priority', 'priority', { choices: choices('High', 'Low'), hasDefault: true }),
  system('labels', 'labels'),
  system('components', 'components', { choices: choices('Web') }),
  system('fixVersions', 'versions', { choices: choices('1.0') }),
  system('duedate', 'date'),
  system('assignee', 'user'),
  system('reporter', 'user', { required: true, hasDefault: true }),
  system('issuetype', 'issue-type', { required: true, choices: choices('Task', 'Bug') }),
  statusField(choices('To Do', 'Done')),
];

/** As the remote tells of such fields. */
const told = (fields: JiraField[]): FieldDescription[] =>
  fields.map((field) => describeField(defaultAlias(field), field));

const reasonFor = (
  ours: JiraField | UnsupportedField,
  theirs: JiraField[] = [],
): string | undefined => defaultMapping([ours], told(theirs)).notMapped[0]?.reason;

test('two default projects need no hand: every field is mapped, in both directions', () => {
  const { entries, notMapped, gaps } = defaultMapping(PROJECT, told(PROJECT));
  expect(notMapped).toEqual([]);
  expect(gaps).toEqual([]);
  expect(entries.map(({ alias, converter }) => `${alias}: ${converter.converter}`)).toEqual([
    'summary: same',
    'description: adf',
    'priority: by-name',
    'labels: by-name',
    'components: by-name',
    'fix-versions: by-name',
    'due-date: same',
    'assignee: user',
    'reporter: user',
    'issue-type: by-name',
    'status: by-name',
  ]);
  for (const entry of entries) {
    expect(entry.direction).toBe('both');
    expect(mappingEntrySchema.parse(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
    const field = PROJECT.find(({ id }) => id === entry.fieldId);
    expect(field && isRefused(converterFor(field, entry.converter, NOBODY))).toBe(false);
  }
});

test('custom fields are mapped by name and type', () => {
  const { entries, notMapped } = defaultMapping(
    [custom('Team', 'option'), custom('Points', 'number')],
    told([custom('team ', 'option', { id: 'customfield_other' }), custom('Points', 'number')]),
  );
  expect(notMapped).toEqual([]);
  expect(entries.map(({ alias, fieldId }) => [alias, fieldId])).toEqual([
    ['custom:team', 'customfield_Team'],
    ['custom:points', 'customfield_Points'],
  ]);
});

test('what cannot be mapped is told with the reason', () => {
  expect(reasonFor(custom('Team', 'option'))).toContain('no such field');
  expect(reasonFor(custom('Team', 'number'), [custom('Team', 'text')])).toBe(
    'Text cannot become number: map a field of the same type, or a text.',
  );
  expect(reasonFor(custom('Team', 'text'), [custom('Team', 'option')])).toMatch(
    /cannot become|lost/,
  );
  expect(reasonFor(custom('When', 'date'), [custom('When', 'datetime')])).toContain(
    'holds date here and date with time there',
  );
  expect(reasonFor(system('environment', 'rich-text'))).toContain('only if you choose it');
  const sprint = {
    id: 'x',
    name: 'Sprint',
    kind: 'unsupported' as const,
    reason: 'Of another app.',
  };
  expect(reasonFor(sprint)).toBe('Of another app.');
});

test('a required field that nothing comes for is told as such', () => {
  const required = custom('Team', 'option', { required: true });
  expect(reasonFor(required)).toContain('It is required here');
  expect(reasonFor({ ...required, hasDefault: true })).not.toContain('It is required here');
});

test('of two fields of one name none is guessed', () => {
  const twins = [custom('Team', 'option'), custom('Team', 'option', { id: 'customfield_2' })];
  const { entries, notMapped } = defaultMapping(twins, told([custom('Team', 'option')]));
  expect(entries).toEqual([]);
  expect(notMapped).toHaveLength(2);
  expect(reasonFor(custom('Team', 'option'), twins)).toContain('several fields');
});

test('what nobody can write goes one way', () => {
  const readOnly = custom('Source', 'text', { readOnly: true });
  const mapped = (ours: JiraField, theirs: JiraField) =>
    defaultMapping([ours], told([theirs])).entries[0]?.direction;
  expect(mapped(readOnly, custom('Source', 'text'))).toBe('send');
  expect(mapped(custom('Source', 'text'), readOnly)).toBe('receive');
  expect(mapped(readOnly, readOnly)).toBeUndefined();
});

test('choices that one side lacks are shown before they fail', () => {
  const ours = system('priority', 'priority', { choices: choices('High', 'Low') });
  const theirs = system('priority', 'priority', { choices: choices('Highest', 'high') });
  expect(defaultMapping([ours], told([theirs])).gaps).toEqual([
    { alias: 'priority', field: 'priority', missingHere: ['Highest'], missingThere: ['Low'] },
  ]);
});

const TOLD = {
  ...{ id: 'c', name: 'n', enabled: true, direction: 'both', policy: 'newest', events: [] },
};

describe('a description', () => {
  test('tells names, and no id of this site but the contract’s own', () => {
    const field = {
      ...system('priority', 'priority', { choices: [{ id: 'secret-1', name: 'High' }] }),
      id: 'secret-2',
    };
    const status = { id: 'secret-3', name: 'To Do', category: 'new' as const };
    const contract = {
      ...CONTRACT,
      project: { key: 'DEMO', name: 'Demo', id: 'secret-4' },
      issueTypes: [{ name: 'Task', statuses: [status], id: 'secret-5' }],
      jql: 'labels = secret-6',
      mapping: [
        {
          ...{ alias: 'priority', fieldId: field.id, kind: field.kind, direction: 'send' as const },
          converter: { converter: 'by-name' as const },
        },
      ],
      fields: [field, { ...field, id: 'secret-7', name: 'secret-8' }],
    };
    const described = describeContract(contract, 'newest');
    expect(JSON.stringify(described)).not.toContain('secret');
    expect(described.fields).toMatchObject([{ alias: 'priority', direction: 'send' }]);
    expect(descriptionSchema.parse({ contracts: [described] })).toEqual({ contracts: [described] });
  });

  test('of a newer app is understood as far as it is known', () => {
    const [field] = told([system('summary', 'text')]);
    const newer = {
      contracts: [
        {
          ...{ ...TOLD, colour: 'red' },
          project: { key: 'K', name: 'N' },
          issueTypes: [],
          fields: [{ ...field, kind: 'hologram' }],
        },
      ],
    };
    const fields = descriptionSchema.parse(newer).contracts[0]?.fields ?? [];
    expect(fields[0]?.kind).toBe('unsupported');
    expect(defaultMapping([system('summary', 'text')], fields).notMapped[0]?.reason).toContain(
      'The other site cannot synchronize this field.',
    );
  });

  test('that is too large, or no description, is refused', () => {
    const [field] = told([system('summary', 'text')]);
    const contract = (fields: unknown) => ({
      contracts: [
        {
          ...TOLD,
          project: { key: 'K', name: 'N' },
          issueTypes: [],
          fields,
        },
      ],
    });
    expect(descriptionSchema.safeParse(contract([field])).success).toBe(true);
    const many = Array.from({ length: 1_001 }, () => field);
    expect(descriptionSchema.safeParse(contract(many)).success).toBe(false);
    const long = { ...field, choices: Array.from({ length: 1_000 }, () => 'x'.repeat(250)) };
    expect(descriptionSchema.safeParse(contract([long])).success).toBe(false);
    expect(descriptionSchema.safeParse(contract({})).success).toBe(false);
  });
});
