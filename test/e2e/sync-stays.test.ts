/** Nothing moves that should not. */
import { z } from 'zod';
import type { ContractDraft } from '../../src/entry/admin/api';
import { account, succeed } from '../support/sites';
import {
  defaultContract,
  endAllowed,
  endOf,
  listedContract,
  startPair,
  type PairOptions,
  type Synced,
  type SyncedSite,
} from '../support/synced-sites';
import {
  called,
  comment,
  create,
  createTwins,
  edit,
  issueOf,
  issuesOf,
  moveTo,
  paragraph,
  textsOf,
  theOne,
} from '../support/twins';

let synced: Synced;
let north: SyncedSite;
let south: SyncedSite;
afterEach(() => endAllowed(synced.sandbox));

async function start(options: PairOptions = {}): Promise<void> {
  ({ synced, north, south } = await startPair(options));
}

/** An issue on both sites, at rest. @returns its id on each */
const twins = (fields?: Record<string, unknown>) => createTwins({ synced, north, south }, fields);

/** How many messages a site sends while time passes. */
async function sentWhile({ site }: SyncedSite, seconds = 5): Promise<number> {
  const before = new Set(site.traffic);
  await synced.pass(seconds);
  return site.traffic
    .filter((exchange) => exchange.direction === 'out' && !before.has(exchange))
    .flatMap(({ requestBody }) => requestSchema.parse(JSON.parse(requestBody)).messages).length;
}

const requestSchema = z.object({ messages: z.array(z.unknown()).default([]) });

const LOCAL_USER = 'sync';

describe('what a dedicated Local User does by hand', () => {
  test('in fields: it stays, others’ changes of the same issue go', async () => {
    await start();
    const [id, twin] = await twins({ labels: ['one'] });
    await edit(north, id, { summary: 'By the robot', labels: ['one', 'robot'] }, LOCAL_USER);
    await north.rest('POST', `issue/${id}/transitions`, { transition: { id: '21' } }, LOCAL_USER);
    expect(await sentWhile(north)).toBe(0);
    await edit(north, id, { duedate: '2026-12-24' });
    await synced.pass();
    expect((await issueOf(north, id)).fields).toMatchObject({
      summary: 'By the robot',
      status: { name: 'In Progress' },
    });
    expect((await issueOf(south, twin)).fields).toMatchObject({
      summary: 'Hello',
      labels: ['one'],
      status: { name: 'To Do' },
      duedate: '2026-12-24',
    });
    await edit(south, twin, { summary: 'By a person' });
    await synced.pass();
    await theOne(north, 'By a person');
  });

  test('in comments: what it writes, and what it deletes of its own', async () => {
    await start();
    const [id, twin] = await twins();
    const own = await comment(north, id, 'By the robot', LOCAL_USER);
    expect(await sentWhile(north)).toBe(0);
    await comment(north, id, 'By a person');
    await synced.pass();
    await north.rest('DELETE', `issue/${id}/comment/${own}`, undefined, LOCAL_USER);
    expect(await sentWhile(north)).toBe(0);
    expect(textsOf(await issueOf(south, twin))).toEqual(['By a person\n']);
  });

  test('in a comment of somebody else: its edit stays, the next one of a person goes', async () => {
    await start();
    const [id, twin] = await twins();
    const which = await comment(north, id, 'By a person');
    await synced.pass();
    const change = (text: string, as?: string) =>
      north.rest('PUT', `issue/${id}/comment/${which}`, { body: paragraph(text) }, as);
    await change('By the robot', LOCAL_USER);
    expect(await sentWhile(north)).toBe(0);
    expect(textsOf(await issueOf(south, twin))).toEqual(['By a person\n']);
    await change('By a person again');
    await synced.pass();
    expect(textsOf(await issueOf(south, twin))).toEqual(['By a person again\n']);
  });

  test('a whole issue: it has no twin before somebody else changes it', async () => {
    await start();
    const id = await create(north, { summary: 'By the robot' }, LOCAL_USER);
    expect(await sentWhile(north)).toBe(0);
    expect(await called(south, 'By the robot')).toEqual([]);
    await edit(north, id, { labels: ['seen'] });
    await synced.pass();
    expect((await theOne(south, 'By the robot')).fields.labels).toEqual(['seen']);
  });
});

test('a field outside the mapping stays, and nothing is sent for it', async () => {
  await start();
  const [id, twin] = await twins({ issuetype: { name: 'Bug' } });
  await edit(north, id, { environment: paragraph('Here') });
  expect(await sentWhile(north)).toBe(0);
  await edit(north, id, { summary: 'Here' });
  await synced.pass();
  const { fields } = await south.rest<{ fields: Record<string, unknown> }>('GET', `issue/${twin}`);
  expect(fields).toMatchObject({ summary: 'Here', environment: null });
});

describe('issues that the contract is not for', () => {
  const SHARED = { labels: ['shared'] };

  async function startNarrow(): Promise<void> {
    await start();
    const { connection, contract: id } = endOf(north, south);
    const draft = await defaultContract(north.site, connection);
    const { projects } = await succeed(north.site, 'contracts/options', { connection });
    const types = projects.find(({ key }) => key === 'DEMO')?.issueTypes ?? [];
    const issueTypeIds = types.filter(({ name }) => name === 'Task').map((type) => type.id);
    const narrow: ContractDraft = { ...draft, issueTypeIds, jql: 'labels = shared' };
    await succeed(north.site, 'contracts/update', { id, draft: narrow });
  }

  test('of another project, another type, or that the JQL does not match', async () => {
    await startNarrow();
    const before = await issuesOf(south);
    await create(north, { summary: 'Not shared' });
    await create(north, { summary: 'A bug', issuetype: { name: 'Bug' }, ...SHARED });
    await create(
      north,
      { summary: 'Elsewhere', project: { key: 'OPS' }, ...SHARED },
      'priya.raman',
    );
    expect(await sentWhile(north, 10 * 60)).toBe(0);
    await create(north, { summary: 'Shared', ...SHARED });
    await synced.pass();
    expect(await issuesOf(south)).toHaveLength(before.length + 1);
    await theOne(south, 'Shared');
  });

  test('one that is moved out stops, and one that is moved back goes on as it is then', async () => {
    await startNarrow();
    const [id, twin] = await twins(SHARED);
    await edit(north, id, { labels: ['mine'], summary: 'Out here' });
    await synced.pass();
    await comment(north, id, 'Nobody there needs to know.');
    await edit(south, twin, { duedate: '2026-12-24', priority: { name: 'Low' } });
    await comment(south, twin, 'Where has it gone?');
    expect(await sentWhile(north, 10 * 60)).toBe(0);
    expect((await issueOf(south, twin)).fields).toMatchObject({
      summary: 'Hello',
      labels: ['shared'],
      comment: { total: 1 },
    });
    expect((await issueOf(north, id)).fields).toMatchObject({
      duedate: null,
      priority: { name: 'Medium' },
      comment: { total: 1 },
    });
    await edit(north, id, { labels: ['shared', 'mine'], summary: 'Back again' });
    await synced.pass(10 * 60);
    for (const issue of [await issueOf(north, id), await issueOf(south, twin)]) {
      expect(issue.fields).toMatchObject({
        summary: 'Back again',
        duedate: '2026-12-24',
        priority: { name: 'Low' },
        comment: { total: 2 },
      });
      expect([...issue.fields.labels].sort()).toEqual(['mine', 'shared']);
    }
    expect(await called(south, 'Back again')).toHaveLength(1);
    expect(await called(south, 'Hello')).toEqual([]);
    expect(await called(north, 'Back again')).toHaveLength(1);
    for (const contract of [
      await listedContract(north, south),
      await listedContract(south, north),
    ]) {
      expect(contract).toMatchObject({ waiting: 0, failed: 0, reasons: [] });
    }
  });

  test('one that becomes another type stops', async () => {
    await startNarrow();
    const [id, twin] = await twins(SHARED);
    await edit(north, id, { issuetype: { name: 'Bug' } });
    await edit(north, id, { summary: 'A bug now' });
    expect(await sentWhile(north, 10 * 60)).toBe(0);
    expect((await issueOf(south, twin)).fields).toMatchObject({
      summary: 'Hello',
      issuetype: { name: 'Task' },
    });
  });
});

describe('comments that are not for everybody', () => {
  const INTERNAL = { visibility: { type: 'group', value: 'jira-software-users-north' } };
  const say = (id: string, text: string, more: object = {}) =>
    north.rest<{ id: string }>('POST', `issue/${id}/comment`, { body: paragraph(text), ...more });
  const change = (id: string, which: string, text: string, more: object = {}) =>
    north.rest('PUT', `issue/${id}/comment/${which}`, { body: paragraph(text), ...more });
  const there = async (twin: string) => textsOf(await issueOf(south, twin));

  test('stay, until they are', async () => {
    await start();
    const [id, twin] = await twins();
    const { id: secret } = await say(id, 'Secret', INTERNAL);
    await say(id, 'For members', { visibility: { type: 'role', value: 'Members' } });
    await say(id, 'Open');
    await synced.pass();
    expect(await there(twin)).toEqual(['Open\n']);
    await change(id, secret, 'Secret no more');
    await synced.pass();
    expect((await there(twin)).sort()).toEqual(['Open\n', 'Secret no more\n']);
  });

  test.each([
    ['that the Local User sees', INTERNAL],
    ['that it does not see', { visibility: { type: 'role', value: 'Members' } }],
  ])('disappear there once they are not, %s; they come back', async (_who, internal) => {
    await start();
    const [id, twin] = await twins();
    const { id: which } = await say(id, 'Open');
    await say(id, 'Another');
    await synced.pass();
    await change(id, which, 'Now secret', internal);
    await synced.pass();
    expect(await there(twin)).toEqual(['Another\n']);
    await change(id, which, 'Still secret', internal);
    await synced.pass();
    expect(await there(twin)).toEqual(['Another\n']);
    await change(id, which, 'Open again');
    await synced.pass();
    expect((await there(twin)).sort()).toEqual(['Another\n', 'Open again\n']);
  });

  test('go where the contract says so, for the same few; where those are not, they are refused', async () => {
    await start({ contract: { internalComments: true } });
    const [id, twin] = await twins();
    for (const { site } of [north, south]) {
      for (const name of ['sync', 'admin'])
        site.jira.giveRole(account(site, name), 'DEMO', 'Members');
    }
    const few = { type: 'role', value: 'Members' };
    const { id: which } = await say(id, 'For some', { visibility: few });
    await synced.pass();
    expect(await there(twin)).toEqual(['For some\n']);
    const visibility = async () =>
      (await issueOf(south, twin)).fields.comment.comments.map((one) => one.visibility);
    expect(await visibility()).toMatchObject([few]);
    await change(id, which, 'For all');
    await synced.pass();
    expect(await visibility()).toEqual([undefined]);
    await change(id, which, 'For all', { visibility: few });
    await synced.pass();
    expect(await visibility()).toMatchObject([few]);
    await say(id, 'Secret', INTERNAL);
    await synced.pass();
    expect(await there(twin)).toEqual(['For all\n']);
    expect(await listedContract(north, south)).toMatchObject({
      failed: 1,
      reasons: [{ reason: expect.stringContaining('does not exist') as string }],
    });
  });
});

test('a disabled contract sends nothing and takes nothing', async () => {
  await start();
  const [id, twin] = await twins();
  const { connection, contract } = endOf(north, south);
  await succeed(north.site, 'contracts/disable', { connection, id: contract });
  await edit(north, id, { summary: 'Here' });
  await comment(north, id, 'Here');
  await create(north, { summary: 'New here' });
  await edit(south, twin, { duedate: '2026-12-24' });
  await create(south, { summary: 'New there' });
  expect(await sentWhile(north, 10 * 60)).toBe(0);
  expect((await issueOf(south, twin)).fields).toMatchObject({
    summary: 'Hello',
    comment: { total: 0 },
  });
  expect((await issueOf(north, id)).fields.duedate).toBeNull();
  expect([...(await called(south, 'New here')), ...(await called(north, 'New there'))]).toEqual([]);
  await succeed(north.site, 'contracts/enable', { connection, id: contract });
  await synced.pass(20 * 60);
  expect((await issueOf(north, id)).fields.duedate).toBe('2026-12-24');
  await theOne(north, 'New there');
});

describe('a contract of one direction', () => {
  test('only sends: what happens there stays there', async () => {
    await start({ contract: { direction: 'send' }, secondContract: { direction: 'receive' } });
    const [id, twin] = await twins();
    await edit(south, twin, { summary: 'There' });
    await moveTo(south, twin, 'Done');
    await comment(south, twin, 'There');
    await create(south, { summary: 'New there' });
    expect(await sentWhile(south, 10 * 60)).toBe(0);
    await edit(north, id, { labels: ['here'] });
    await synced.pass();
    expect((await issueOf(north, id)).fields).toMatchObject({
      summary: 'Hello',
      status: { name: 'To Do' },
      comment: { total: 0 },
    });
    expect((await issueOf(south, twin)).fields).toMatchObject({
      summary: 'There',
      status: { name: 'Done' },
      labels: ['here'],
    });
    expect(await called(north, 'New there')).toEqual([]);
  });

  test('two that only send: each is told so', async () => {
    await start({ contract: { direction: 'send' } });
    await create(north, { summary: 'Hello' });
    await synced.pass();
    expect(await called(south, 'Hello')).toEqual([]);
    expect(await listedContract(north, south)).toMatchObject({
      failed: 1,
      reasons: [{ reason: expect.stringMatching(/only sends/) as string, count: 1 }],
    });
  });
});

describe('an event that the contract does not list', () => {
  const EVENTS = ['create', 'update', 'comment', 'status', 'delete'] as const;

  test('create: an issue has no twin, whatever becomes of it', async () => {
    await start({ contract: { events: EVENTS.filter((event) => event !== 'create') } });
    const id = await create(north, { summary: 'Hello' });
    await synced.pass();
    await edit(north, id, { summary: 'Changed' });
    await comment(north, id, 'Changed');
    await moveTo(north, id, 'Done');
    expect(await sentWhile(north)).toBe(0);
    expect(await called(south, 'Changed')).toEqual([]);
  });

  test.each(['update', 'comment', 'status', 'delete'] as const)('%s', async (missing) => {
    await start({ contract: { events: EVENTS.filter((event) => event !== missing) } });
    const [id, twin] = await twins();
    await edit(north, id, { summary: 'Changed' });
    await comment(north, id, 'Changed');
    await moveTo(north, id, 'Done');
    await synced.pass();
    expect((await issueOf(south, twin)).fields).toMatchObject({
      summary: missing === 'update' ? 'Hello' : 'Changed',
      status: { name: missing === 'status' ? 'To Do' : 'Done' },
      comment: { total: missing === 'comment' ? 0 : 1 },
    });
    await north.rest('DELETE', `issue/${id}`, undefined, 'admin');
    const sent = await sentWhile(north);
    expect(sent > 0).toBe(missing !== 'delete');
    expect((await issueOf(south, twin)).id).toBe(twin);
  });
});
