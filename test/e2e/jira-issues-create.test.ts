/** Creating twins in our Jira, finding those whose creation was not answered, and deleting them. */
import type { AliasValue } from '../../src/contract/alias-value';
import type { AliasWrites } from '../../src/sync/ports';
import { createIssue, readIssue } from '../support/jira-fields';
import {
  CONNECTION,
  contractFor,
  LocalClient,
  markerOf,
  portOn,
  SEAL,
} from '../support/jira-issues';
import { LocalJira } from '../support/local-jira';

type Writes = AliasWrites<AliasValue | null>;

/** As long as Jira's index lags behind. */
const LAG_MS = 60_000;

let local: LocalJira;
let client: LocalClient;
beforeEach(() => {
  local = new LocalJira();
  client = new LocalClient(local);
});

const BIRTH = {
  origin: { site: 'south', issue: '7' },
  path: ['south', 'north'],
  nonce: 'nonce-1',
};

const port = async (project = 'DEMO', type = 'Task', connection = CONNECTION, as = 'sync') =>
  portOn(local, client, await contractFor(local, project, type), { connection, as });

const text = (words: string) => ({
  kind: 'value' as const,
  value: { form: 'text' as const, text: words },
});
const named = (name: string) => ({
  kind: 'value' as const,
  value: { form: 'name' as const, name },
});

async function create(writes: Writes, project?: string, type?: string) {
  const issues = await port(project, type);
  client.calls.length = 0;
  return issues.create(writes, BIRTH, markerOf('w-1'));
}

async function created(writes: Writes, project?: string, type?: string) {
  const result = await create(writes, project, type);
  if ('refusal' in result) throw new Error(result.refusal.reason);
  return result;
}

test('an issue says where it came from, in the request that creates it', async () => {
  const result = await created({
    summary: text('From the other site'),
    issuetype: named('Task'),
    labels: { kind: 'set', add: ['one', 'two'], remove: [] },
    description: { kind: 'value', value: null },
  });
  expect(client.calls).toEqual(['createIssue', 'getIssue']);
  const { fields, properties } = await readIssue(local, result.issue, '?properties=*all');
  expect(fields).toMatchObject({
    summary: 'From the other site',
    labels: ['one', 'two'],
    issuetype: { name: 'Task' },
  });
  expect(properties).toMatchObject({
    issuesync: { ...BIRTH, connection: CONNECTION },
    [`issuesync.${CONNECTION}`]: { write: 'w-1' },
  });
});

test('reads back all that is mapped, also what Jira has put there by itself', async () => {
  const { readBack } = await created({ summary: text('New') });
  expect(readBack).toMatchObject({
    summary: { value: { text: 'New' } },
    priority: { value: { name: 'Medium' } },
    status: { value: { name: 'To Do' } },
    reporter: { value: { displayName: 'IssueSYNC Technical User' } },
  });
});

test('whoever finds it later knows it by its marker', async () => {
  const { issue } = await created({ summary: text('New') });
  const snapshot = await (await port()).read(issue, {}, SEAL);
  expect(snapshot).toMatchObject({
    passed: { ...BIRTH, isByUs: true },
    marker: { write: 'w-1' },
    written: { summary: { isOurs: true } },
  });
});

describe('what cannot be written', () => {
  test('is left out where the issue can be without it, and told', async () => {
    const result = await created({ summary: text('New'), priority: named('Whenever') });
    expect(result.refused.priority).toMatchObject({ code: 'no-such-choice' });
    expect(result.readBack.priority).toMatchObject({ value: { name: 'Medium' } });
  });

  test('is left out where Jira refuses it, and told in its words', async () => {
    const contract = await contractFor(local, 'DEMO', 'Task');
    const gone = contract.fields.map((field) =>
      field.id === 'priority' ? { ...field, choices: [{ id: '99', name: 'Gone' }] } : field,
    );
    const issues = portOn(local, client, { ...contract, fields: gone });
    const writes = { summary: text('New'), priority: named('Gone') };
    const result = await issues.create(writes, BIRTH, markerOf('w-1'));
    expect(result).toMatchObject({ refused: { priority: { code: 'refused-by-jira' } } });
    expect(client.calls).toEqual(['createIssue', 'createIssue', 'getIssue']);
  });

  test('is the end where the issue must have it, and nothing is created', async () => {
    const before = await readIssue(local, 'DEMO-6');
    const result = await create({ summary: { kind: 'value', value: null } });
    expect(result).toMatchObject({ refusal: { code: 'must-not-be-empty' } });
    expect((result as { refusal: { reason: string } }).refusal.reason).toContain('Summary');
    expect(client.calls).toEqual([]);
    expect((await local.get('issue/DEMO-7', 'admin')).status).toBe(404);
    expect(before.key).toBe('DEMO-6');
  });

  test('a field that nobody has sent and Jira wants is named', async () => {
    const result = await create({ issuetype: named('Bug'), summary: text('New') }, 'WEB', 'Bug');
    expect(result).toMatchObject({ refusal: { code: 'refused-by-jira' } });
    expect((result as { refusal: { reason: string } }).refusal.reason).toContain('Browser');
  });

  test('a project in which the Local User may create nothing is a refusal in Jira’s words', async () => {
    const issues = await port('WEB', 'Story', CONNECTION, 'priya.raman');
    const result = await issues.create({ summary: text('New') }, BIRTH, markerOf('w-1'));
    expect(result).toMatchObject({ refusal: { code: 'refused-by-jira' } });
  });
});

describe('a creation that was not answered', () => {
  test('is found by its nonce, though the index does not know it yet', async () => {
    local = new LocalJira(undefined, { searchLagMs: () => LAG_MS });
    client = new LocalClient(local);
    await local.clock.advance(2 * LAG_MS);
    const { issue } = await created({ summary: text('New') });
    for (let count = 0; count < 3; count += 1) await createIssue(local);
    const issues = await port();
    expect(await issues.findByNonce(BIRTH.nonce)).toBe(issue);
    expect(await issues.findByNonce('another')).toBeUndefined();
    await local.clock.advance(2 * LAG_MS);
    expect(await issues.findByNonce(BIRTH.nonce)).toBe(issue);
  });

  test('is not found where somebody has put its nonce', async () => {
    const { issue } = await created({ summary: text('New') });
    const path = `issue/${issue}/properties/issuesync`;
    const { body } = await local.get(path, 'admin');
    const copied = await createIssue(local);
    const { value } = body as { value: unknown };
    await local.put(`issue/${copied}/properties/issuesync`, value, 'admin');
    expect(await (await port()).findByNonce(BIRTH.nonce)).toBe(issue);
    await local.delete(`issue/${issue}`, 'admin');
    expect(await (await port()).findByNonce(BIRTH.nonce)).toBeUndefined();
  });

  test('is not found by a connection that has not created it', async () => {
    await created({ summary: text('New') });
    const other = await port('DEMO', 'Task', 'connection-2');
    expect(await other.findByNonce(BIRTH.nonce)).toBeUndefined();
  });
});

describe('deleting', () => {
  test('takes what this connection has created, once', async () => {
    const { issue } = await created({ summary: text('New') });
    const issues = await port();
    expect(await issues.remove(issue)).toBeUndefined();
    expect((await local.get(`issue/${issue}`, 'admin')).status).toBe(404);
    expect(await issues.remove(issue)).toBeUndefined();
  });

  test('leaves what a user or another connection has created', async () => {
    const { issue } = await created({ summary: text('New') });
    const other = await port('DEMO', 'Task', 'connection-2');
    expect(await other.remove(issue)).toMatchObject({ refusal: { code: 'not-ours' } });
    const { id } = await readIssue(local, 'DEMO-6');
    expect(await (await port()).remove(id)).toMatchObject({ refusal: { code: 'not-ours' } });
    expect((await local.get(`issue/${id}`, 'admin')).status).toBe(200);
    expect((await local.get(`issue/${issue}`, 'admin')).status).toBe(200);
  });
});
