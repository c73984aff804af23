/** Custom fields: each type is written and read in its own form, and refuses others. */
import { z } from 'zod';
import { createIssue, errorsIn, issueIn } from '../support/jira-fields';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
let key: string;
beforeEach(async () => {
  local = new LocalJira();
  key = await createIssue(local);
});

async function fieldId(name: string): Promise<string> {
  const { body } = await local.get('field', 'admin');
  const fields = z.array(z.looseObject({ id: z.string(), name: z.string() })).parse(body);
  const found = fields.find((field) => field.name === name);
  if (!found) throw new Error(`no field ${name}`);
  return found.id;
}

/** Sets a field of that name; returns its value, what is wrong with it, and its line in the history. */
async function set(name: string, value: unknown) {
  const id = await fieldId(name);
  const path = `issue/${key}?returnIssue=true&expand=changelog`;
  const answer = await local.put(path, { fields: { [id]: value } }, 'app');
  if (answer.status !== 200) return { error: errorsIn(answer)[id] };
  const { fields, changelog } = issueIn(answer);
  const [entry] = changelog?.histories ?? [];
  return { value: fields[id], item: (entry?.items as unknown[] | undefined)?.[0] };
}

const user = (name: string) => ({ accountId: local.user(name).accountId });

describe('PUT issue with custom fields', () => {
  test.each<[string, unknown, unknown, string | undefined]>([
    ['Customer', 'Bäckerei', 'Bäckerei', 'Bäckerei'],
    ['Customer', '', null, undefined],
    ['Effort', 2.5, 2.5, '2.5'],
    ['Effort', 0, 0, '0'],
    ['Start date', '2026-02-28', '2026-02-28', '2026-02-28'],
    ['Reference', 'https://example.com/a?b#c', 'https://example.com/a?b#c', undefined],
    ['Severity', { value: 'Major' }, { value: 'Major' }, 'Major'],
    ['Platforms', [{ value: 'iOS' }, { value: 'Linux' }], [{ value: 'iOS' }, {}], 'iOS,Linux'],
    ['Platforms', [], null, undefined],
    ['Go-live', '2026-02-01T10:00:00.000+0100', '2026-02-01T09:00:00.000+0000', undefined],
    ['Go-live', '2026-02-01T10:00:00Z', '2026-02-01T10:00:00.000+0000', undefined],
  ])('%s takes %j', async (name, given, expected, inHistory) => {
    const { value, item } = await set(name, given);
    if (typeof expected === 'object' && expected !== null) expect(value).toMatchObject(expected);
    else expect(value).toBe(expected);
    if (inHistory === undefined) return;
    expect(item).toMatchObject({ field: name, fieldtype: 'custom', toString: inHistory });
  });

  test.each<[string, unknown]>([
    ['Customer', 3],
    ['Customer', 'x'.repeat(256)],
    ['Effort', '3'],
    ['Start date', '28.02.2026'],
    ['Start date', '2026-02-29'],
    ['Start date', '2026-02-01T00:00:00Z'],
    ['Go-live', '2026-02-01'],
    ['Go-live', '2026-02-01T25:00:00Z'],
    ['Reference', 'example.com'],
    ['Severity', 'Major'],
    ['Severity', { value: 'Huge' }],
    ['Severity', { id: '1' }],
    ['Severity', [{ value: 'Major' }]],
    ['Platforms', { value: 'iOS' }],
    ['Platforms', [{ value: 'Amiga' }]],
    ['Tester', 'zoe'],
    ['Tester', { accountId: 'nobody' }],
  ])('%s refuses %j', async (name, given) => {
    expect((await set(name, given)).error).toEqual(expect.any(String));
  });

  test('a user is one of the site', async () => {
    const { value, item } = await set('Tester', user('zoe.lefevre'));
    expect(value).toMatchObject({ displayName: 'Zoë Lefèvre', accountType: 'atlassian' });
    expect(item).toMatchObject({ to: user('zoe.lefevre').accountId, toString: 'Zoë Lefèvre' });
    expect((await set('Tester', null)).value).toBeNull();
  });

  test('options are added and taken away', async () => {
    const id = await fieldId('Platforms');
    const update = { [id]: [{ add: { value: 'iOS' } }, { add: { value: 'Linux' } }] };
    await local.put(`issue/${key}`, { update }, 'app');
    const path = `issue/${key}?returnIssue=true`;
    const removed = { [id]: [{ remove: { value: 'iOS' } }] };
    const answer = await local.put(path, { update: removed }, 'app');
    expect(issueIn(answer).fields[id]).toMatchObject([{ value: 'Linux' }]);
  });

  test('options are chosen by id too', async () => {
    const { value } = await set('Severity', { value: 'Major' });
    const { id } = value as { id: string };
    expect((await set('Severity', { id })).value).toMatchObject({ value: 'Major' });
  });

  test('a field of another project cannot be set', async () => {
    expect((await set('Browser', { value: 'Chrome' })).error).toContain('cannot be set');
  });
});
