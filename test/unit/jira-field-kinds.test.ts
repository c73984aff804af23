/** Kinds of fields, by what Jira's metadata say of them. */
import { classifyField, FIELD_KINDS, type FieldSchema } from '../../src/jira/field-kinds';
import { fieldIn, fieldMetadataSchema } from '../../src/jira/field-metadata';

const system = (type: string, name: string, items?: string): FieldSchema => ({
  type,
  system: name,
  ...(items === undefined ? {} : { items }),
});
const custom = (type: string, name: string, items?: string): FieldSchema => ({
  type,
  custom: `com.atlassian.jira.plugin.system.customfieldtypes:${name}`,
  customId: 10_100,
  ...(items === undefined ? {} : { items }),
});

const KNOWN: [FieldSchema, string, boolean?][] = [
  [system('string', 'summary'), 'text'],
  [system('string', 'description'), 'rich-text'],
  [system('priority', 'priority'), 'priority'],
  [system('array', 'labels', 'string'), 'labels'],
  [system('array', 'components', 'component'), 'components'],
  [system('array', 'fixVersions', 'version'), 'versions'],
  [system('array', 'versions', 'version'), 'versions'],
  [system('date', 'duedate'), 'date'],
  [system('user', 'assignee'), 'user'],
  [system('user', 'reporter'), 'user'],
  [system('user', 'creator'), 'user', true],
  [system('datetime', 'created'), 'datetime', true],
  [system('resolution', 'resolution'), 'resolution'],
  [system('issuetype', 'issuetype'), 'issue-type'],
  [system('status', 'status'), 'status'],
  [custom('string', 'textfield'), 'text'],
  [custom('string', 'textarea'), 'rich-text'],
  [custom('number', 'float'), 'number'],
  [custom('date', 'datepicker'), 'date'],
  [custom('datetime', 'datetime'), 'datetime'],
  [custom('string', 'url'), 'url'],
  [custom('user', 'userpicker'), 'user'],
  [custom('option', 'select'), 'option'],
  [custom('option', 'radiobuttons'), 'option'],
  [custom('array', 'multiselect', 'option'), 'options'],
  [custom('array', 'multicheckboxes', 'option'), 'options'],
  [custom('array', 'labels', 'string'), 'labels'],
  [custom('array', 'multiversion', 'version'), 'versions'],
  [custom('string', 'readonlyfield'), 'text', true],
];

test.each(KNOWN)('%j is %s', (schema, kind, readOnly = false) => {
  expect(classifyField(schema)).toEqual({ kind, readOnly });
});

test('there is a field for each kind', () => {
  expect(new Set(KNOWN.map(([, kind]) => kind))).toEqual(new Set(FIELD_KINDS));
});

test.each<[FieldSchema | undefined, string]>([
  [undefined, 'does not say'],
  [{ type: 'string' }, 'does not say'],
  [system('any', 'thumbnail'), 'thumbnail is not synchronized'],
  [system('comments-page', 'comment'), 'contract’s events'],
  [system('string', 'constructor'), 'constructor is not synchronized'],
  [custom('option-with-child', 'cascadingselect'), 'Cascading'],
  [custom('array', 'multiuserpicker', 'user'), 'several users'],
  [custom('string', 'toString'), 'toString are not synchronized'],
  [{ type: 'string', custom: 'ari:cloud:ecosystem::extension/a/b' }, 'other apps'],
  [{ type: 'array', items: 'json', custom: 'com.pyxis.greenhopper.jira:gh-sprint' }, 'other apps'],
  [custom('number', 'textfield'), 'holds number'],
  [custom('array', 'multiselect'), 'array of nothing'],
])('%j cannot be moved, and it is said why', (schema, reason) => {
  const classified = classifyField(schema);
  expect(classified.kind === 'unsupported' && classified.reason).toContain(reason);
});

test('a field’s choices are those that can still be chosen', () => {
  const metadata = fieldMetadataSchema.parse({
    fieldId: 'customfield_10100',
    key: 'customfield_10100',
    name: 'Team',
    required: true,
    hasDefaultValue: false,
    operations: ['set'],
    schema: { type: 'option', custom: custom('option', 'select').custom, customId: 10_100 },
    allowedValues: [
      { self: 'x', id: '1', value: 'Red' },
      { self: 'x', id: '2', value: 'Gone', disabled: true },
      { id: '3', name: 'Old', archived: true },
      'odd',
    ],
  });
  expect(fieldIn('customfield_10100', metadata)).toEqual({
    id: 'customfield_10100',
    name: 'Team',
    kind: 'option',
    choices: [{ id: '1', name: 'Red' }],
    required: true,
    hasDefault: false,
    readOnly: false,
    custom: true,
  });
});
