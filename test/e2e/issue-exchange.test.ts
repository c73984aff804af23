/** Issues of two local sites, over the whole of the app: events, queue, wire, schedule. */
import type { AdminApi } from '../../src/entry/admin/api';
import { DEFERRED } from '../../src/sync/reasons';
import type { OutboxRow } from '../../src/sync/records';
import { projectIdIn } from '../support/local-jira';
import {
  account,
  addConnection,
  GENERATED,
  startTwoSites,
  succeed,
  type TestSite,
  type TwoSites,
} from '../support/sites';

let sites: TwoSites;
let north: TestSite;
let south: TestSite;
/** Ids of the issues that were there before, by site. */
let seeded: Record<string, Set<string>> = {};

afterEach(() => sites.sandbox.dispose());

type Overrides = Partial<AdminApi['connections/add']['request']>;

/** Two sites with a connection and an enabled contract on each. @returns the ids of the connections */
async function pair(ofNorth: Overrides = {}): Promise<{ north: string; south: string }> {
  sites = await startTwoSites();
  ({ north, south } = sites);
  seeded = {};
  for (const site of [north, south]) {
    seeded[site.identity.name] = new Set((await made(site)).map(({ id }) => id));
  }
  const { north: one, south: other } = GENERATED;
  const there = await addConnection(south, north, { local: other, remote: one });
  const here = await addConnection(north, south, { local: one, remote: other }, ofNorth);
  await addContract(south, there.id);
  await addContract(north, here.id);
  return { north: here.id, south: there.id };
}

async function addContract(site: TestSite, connection: string): Promise<void> {
  const { id } = await succeed(site, 'contracts/add', {
    connection,
    name: 'Demo',
    projectId: String(projectIdIn(site.jira, 'DEMO')),
    issueTypeIds: [],
    events: ['create', 'update', 'comment', 'status', 'delete'],
    direction: 'both',
    policy: 'newest',
    internalComments: false,
    onRemoteDelete: 'keep',
  });
  await succeed(site, 'contracts/enable', { connection, id });
}

type Json = Record<string, unknown>;

/** A call of a site's Jira by a person. */
async function jira(site: TestSite, method: string, path: string, body?: Json): Promise<Json> {
  const { status, body: text } = await site.jira.handle({
    method,
    path: `/rest/api/3/${path}`,
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
    principal: { type: 'user', accountId: account(site, 'zoe.lefevre') },
  });
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text ?? ''}`);
  return text === undefined || text === '' ? {} : (JSON.parse(text) as Json);
}

async function createIssue(site: TestSite, summary: string): Promise<string> {
  const fields = { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary };
  return String((await jira(site, 'POST', 'issue', { fields })).id);
}

/** Ids and summaries of the issues that the seed has not made. */
async function made(site: TestSite): Promise<{ id: string; summary: unknown }[]> {
  const { issues } = await jira(site, 'POST', 'search/jql', {
    jql: 'project = DEMO',
    fields: ['summary'],
  });
  return (issues as { id: string; fields: Json }[])
    .filter(({ id }) => !seeded[site.identity.name]?.has(id))
    .map(({ id, fields }) => ({ id, summary: fields.summary }));
}

const summaries = async (site: TestSite) => (await made(site)).map(({ summary }) => summary).sort();

/** Nothing waits on either side. */
function expectNothingWaits(): void {
  for (const site of [north, south]) {
    const { entities } = site.kvs.dump();
    expect(entities.outbox ?? []).toEqual([]);
  }
}

const run = (seconds: number) => sites.sandbox.advance(seconds * 1000);

/** The rows of the outbox of a site. */
const waiting = (site: TestSite): OutboxRow[] =>
  (site.kvs.dump().entities.outbox ?? []).map(([, row]) => row as OutboxRow);

test('an issue of one site gets a twin on the other, and both go on in step', async () => {
  await pair();
  const issue = await createIssue(north, 'Hello');
  await run(30);
  const [twin] = await made(south);
  expect(twin?.summary).toBe('Hello');

  await jira(north, 'PUT', `issue/${issue}`, { fields: { summary: 'From the north' } });
  await run(30);
  expect(await summaries(south)).toEqual(['From the north']);
  await jira(south, 'PUT', `issue/${String(twin?.id)}`, { fields: { summary: 'From the south' } });
  await run(30);
  expect(await summaries(north)).toEqual(['From the south']);
  expectNothingWaits();
});

test('a comment and a deletion reach the other site', async () => {
  await pair();
  const issue = await createIssue(north, 'Hello');
  await run(30);
  const text = { type: 'paragraph', content: [{ type: 'text', text: 'Well?' }] };
  const body = { type: 'doc', version: 1, content: [text] };
  await jira(north, 'POST', `issue/${issue}/comment`, { body });
  await run(30);
  const [twin] = await made(south);
  const { comments } = await jira(south, 'GET', `issue/${String(twin?.id)}/comment`);
  expect(JSON.stringify(comments)).toContain('Well?');

  await jira(north, 'DELETE', `issue/${issue}`);
  await run(30);
  // The contract keeps the twin; an edit of it makes no new original.
  await jira(south, 'PUT', `issue/${String(twin?.id)}`, { fields: { summary: 'Alone' } });
  await run(600);
  expect(await summaries(south)).toEqual(['Alone']);
  expect(await summaries(north)).toEqual([]);
  expectNothingWaits();
});

test('a passive side is asked once a minute, and every 5 s once something has come', async () => {
  await pair({ passive: true });
  await run(301);
  await createIssue(north, 'First');
  expect(await summaries(south)).toEqual([]);
  await run(65);
  expect(await summaries(south)).toEqual(['First']);
  await createIssue(north, 'Second');
  await run(10);
  expect(await summaries(south)).toEqual(['First', 'Second']);
  await run(10);
  expectNothingWaits();

  const [twin] = await made(south);
  await jira(south, 'PUT', `issue/${String(twin?.id)}`, { fields: { summary: 'Back' } });
  await run(10);
  expect(await summaries(north)).toContain('Back');
});

test('what cannot be sent waits with the reason in words, and goes once it can', async () => {
  const connections = await pair();
  await succeed(south, 'connections/pause', { id: connections.south });
  await createIssue(north, 'Patience');
  await run(10);
  expect(waiting(north)).toMatchObject([
    { failed: false, reason: 'The connection is paused on the other site.' },
  ]);
  await succeed(south, 'connections/resume', { id: connections.south });
  await run(15 * 60);
  expect(await summaries(south)).toEqual(['Patience']);
  expectNothingWaits();
});

test('two names that are the same bind the contracts; another name takes nothing', async () => {
  const connections = await pair();
  const [contract] = await succeed(south, 'contracts/list', { connection: connections.south });
  if (!contract) throw new Error('no contract');
  await createIssue(north, 'Bound');
  await run(30);
  const bound = async () =>
    (await succeed(south, 'contracts/list', { connection: connections.south }))[0]?.bound;
  expect(await bound()).toBe(true);

  await succeed(south, 'contracts/disable', { connection: connections.south, id: contract.id });
  await createIssue(north, 'Not taken');
  await run(10);
  expect(waiting(north)).toMatchObject([{ failed: false, reason: DEFERRED['no-contract'] }]);
  expect(await summaries(south)).toEqual(['Bound']);
});
