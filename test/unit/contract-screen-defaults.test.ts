/** Defaults for what screens of transitions demand: what an admin may choose, and what Jira is given. */
import { checkDefaults, screenDefaultsOf } from '../../src/contract/screen-defaults';
import type { DemandedField } from '../../src/jira/screens';

const field = (changes: Partial<DemandedField>): DemandedField => ({
  id: 'f',
  name: 'The field',
  kind: 'text',
  hasDefault: false,
  isList: false,
  transitions: ['Close'],
  issueTypeIds: ['1'],
  ...changes,
});
const CHOICES = [
  { id: '1', name: 'Done' },
  { id: '2', name: 'Duplicate' },
];

const check = (value: string, changes: Partial<DemandedField>) =>
  checkDefaults([{ fieldId: 'f', value }], [field(changes)], []);

test.each<[DemandedField['kind'], string, unknown]>([
  ['text', ' A line ', 'A line'],
  ['number', '1.5', 1.5],
  ['date', '2026-02-28', '2026-02-28'],
  ['url', 'https://example.com/x', 'https://example.com/x'],
  ['labels', 'one two', ['one', 'two']],
  ['resolution', '2', { id: '2' }],
  ['priority', '1', { id: '1' }],
  ['option', '1', { id: '1' }],
  ['components', '1', [{ id: '1' }]],
  ['versions', '2', [{ id: '2' }]],
  ['options', '2', [{ id: '2' }]],
  ['rich-text', 'Why', expect.objectContaining({ type: 'doc' })],
])('%s is given to Jira as it takes it', (kind, value, json) => {
  const checked = check(value, { kind, choices: CHOICES });
  if ('problems' in checked) throw new Error(checked.problems.map((one) => one.message).join());
  expect(screenDefaultsOf({ screenDefaults: checked.defaults }).get('f')).toEqual(json);
});

test.each<[DemandedField['kind'], string, string]>([
  ['text', '  ', 'enter a value'],
  ['text', 'x'.repeat(256), 'at most 255'],
  ['number', 'many', 'enter a number'],
  ['date', '2026-02-30', 'enter a date'],
  ['date', 'tomorrow', 'enter a date'],
  ['url', 'javascript:alert(1)', 'enter an address'],
  ['resolution', '3', 'is not there any more'],
  ['user', 'somebody', 'cannot have a default'],
  ['unsupported', 'x', 'cannot have a default'],
])('%s is not taken: %s', (kind, value, message) => {
  expect(check(value, { kind, choices: CHOICES })).toMatchObject({
    problems: [
      {
        field: 'screenDefaults',
        code: 'default-invalid',
        message: expect.stringMatching(new RegExp(`^The field: .*${message}`)) as string,
      },
    ],
  });
});

test('what no screen asks for is taken only where the contract has it', () => {
  const drafted = [{ fieldId: 'gone', value: '1' }];
  expect(checkDefaults(drafted, [], [])).toMatchObject({
    problems: [{ code: 'default-not-asked' }],
  });
  const stored = {
    ...{ fieldId: 'gone', name: 'Resolution', kind: 'resolution' as const },
    ...{ value: '1', label: 'Done' },
  };
  expect(checkDefaults(drafted, [], [stored])).toEqual({ defaults: [stored] });
  expect(checkDefaults([{ fieldId: 'gone', value: '2' }], [], [stored])).toHaveProperty('problems');
});
