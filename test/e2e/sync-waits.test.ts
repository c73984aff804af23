/** What does not go at once: why it waits, when it goes, and what ends it. */
import { DEFERRED, HERE } from '../../src/sync/reasons';
import type { OutboxRow } from '../../src/sync/records';
import { account, succeed } from '../support/sites';
import {
  endOf,
  keyFor,
  listedContract,
  startPair,
  type PairOptions,
  type Synced,
  type SyncedSite,
} from '../support/synced-sites';
import { called, create, edit, issueOf, theOne } from '../support/twins';

let synced: Synced;
let north: SyncedSite;
let south: SyncedSite;
afterEach(() => synced.sandbox.dispose());

async function start(options: PairOptions = {}): Promise<void> {
  ({ synced, north, south } = await startPair(options));
}

/** The rows of the outbox of a site. */
const waiting = ({ site }: SyncedSite): OutboxRow[] =>
  (site.kvs.dump().entities.outbox ?? []).map(([, row]) => row as OutboxRow);

const expectNothingWaits = () => expect([...waiting(north), ...waiting(south)]).toEqual([]);

test('what a paused remote does not take waits with the reason in words, and goes once it can', async () => {
  await start();
  const { connection: id } = endOf(south, north);
  await succeed(south.site, 'connections/pause', { id });
  await create(north, { summary: 'Patience' });
  await synced.pass(10);
  expect(waiting(north)).toMatchObject([
    { failed: false, reason: 'The connection is paused on the other site.' },
  ]);
  await succeed(south.site, 'connections/resume', { id });
  await synced.pass(15 * 60);
  await theOne(south, 'Patience');
  expectNothingWaits();
});

test('what a remote says that does not know our key is no result: it waits, and goes once it does', async () => {
  await start();
  const { connection: id } = endOf(north, south);
  const setKey = (remoteKey: string) =>
    succeed(north.site, 'connections/update', { id, changes: { remoteKey } });
  // The one before it is tried as well.
  for (const unknown of ['nobody knows this key', 'nor this one']) await setKey(unknown);
  const issue = await create(north, { summary: 'Patience' });
  await synced.pass(10);
  expect(waiting(north)).toMatchObject([{ issue, failed: false }]);
  expect(await called(south, 'Patience')).toEqual([]);
  await setKey(keyFor('south', 'north'));
  await synced.pass(15 * 60);
  await theOne(south, 'Patience');
  expectNothingWaits();
});

test('an issue that the Local User does not see for a while is not gone', async () => {
  await start();
  const id = await create(north, { summary: 'Hello' });
  await synced.pass();
  const { id: twin } = await theOne(south, 'Hello');
  const localUser = account(north.site, 'sync');
  north.site.jira.deny(localUser, 'DEMO', 'BROWSE_PROJECTS');
  await edit(north, id, { summary: 'Behind a curtain' });
  await synced.pass(60);
  expect(waiting(north)).toMatchObject([{ issue: id, reason: HERE.unreadable, failed: false }]);
  expect((await issueOf(south, twin)).fields.summary).toBe('Hello');
  north.site.jira.allow(localUser, 'DEMO', 'BROWSE_PROJECTS');
  await synced.pass(15 * 60);
  expect((await issueOf(south, twin)).fields.summary).toBe('Behind a curtain');
  expectNothingWaits();
});

describe('an issue that no remote would take holds up no other one', () => {
  test.each([
    ['an active', {}],
    ['a passive', { passive: 'first' as const }],
  ])('of %s side: it fails, and says what there is too much of', async (_side, options) => {
    await start(options);
    const labels = Array.from({ length: 501 }, (_, at) => `l${at}`);
    const id = await create(north, { summary: 'Too much', labels });
    await create(north, { summary: 'Innocent' });
    await synced.pass(3 * 60);
    await theOne(south, 'Innocent');
    expect(await called(south, 'Too much')).toEqual([]);
    const reason =
      'This issue has more than the other site takes: the alias “labels” is too large.';
    expect(await listedContract(north, south)).toMatchObject({
      waiting: 0,
      failed: 1,
      reasons: [{ reason, count: 1 }],
    });
    await edit(north, id, { labels: labels.slice(1) });
    await synced.pass(3 * 60);
    expect((await theOne(south, 'Too much')).fields.labels).toHaveLength(500);
    expectNothingWaits();
  });

  test.each([
    ['site', { site: 'x y', issue: '1' }, ['north']],
    ['issue', { site: 'south', issue: '1:2' }, ['north']],
    ['path', { site: 'south', issue: '1' }, ['x y']],
  ])('an origin whose %s somebody has made up counts as none', async (_part, origin, path) => {
    await start({ passive: 'first' });
    const id = await create(north, { summary: 'Made up' });
    const property = { origin, path, nonce: 'n', connection: 'c' };
    await north.rest('PUT', `issue/${id}/properties/issuesync`, property);
    await create(north, { summary: 'Innocent' });
    await synced.pass(3 * 60);
    await theOne(south, 'Innocent');
    await theOne(south, 'Made up');
    expectNothingWaits();
  });
});

test('two contracts of one name are bound by the first message; a disabled one takes nothing', async () => {
  await start();
  const { connection, contract: id } = endOf(south, north);
  const isBound = async () =>
    (await succeed(south.site, 'contracts/list', { connection }))[0]?.bound;
  expect(await isBound()).toBe(false);
  await create(north, { summary: 'Bound' });
  await synced.pass();
  expect(await isBound()).toBe(true);

  await succeed(south.site, 'contracts/disable', { connection, id });
  await create(north, { summary: 'Not taken' });
  await synced.pass();
  expect(waiting(north)).toMatchObject([{ failed: false, reason: DEFERRED['no-contract'] }]);
  expect(await called(south, 'Not taken')).toEqual([]);
});

test('a passive side is asked once a minute, and every 5 s once something has come', async () => {
  await start({ passive: 'first' });
  // The polls of the first five minutes come with the contract: only the schedule's are left.
  await synced.pass(5 * 60);
  await create(north, { summary: 'First' });
  await synced.pass(65);
  const twin = await theOne(south, 'First');
  await create(north, { summary: 'Second' });
  await synced.pass(10);
  await theOne(south, 'Second');
  await edit(south, twin.id, { summary: 'Back' });
  await synced.pass(10);
  await theOne(north, 'Back');
  expectNothingWaits();
});

test('a deleted issue ends its link: its twin stays, and no new original is made of it', async () => {
  await start({ contract: { events: ['create', 'update', 'comment', 'status', 'delete'] } });
  const id = await create(north, { summary: 'Deleted' });
  await synced.pass();
  const twin = await theOne(south, 'Deleted');
  await north.rest('DELETE', `issue/${id}`, undefined, 'admin');
  await synced.pass();
  await edit(south, twin.id, { summary: 'Alone' });
  await synced.pass(10 * 60);
  await theOne(south, 'Alone');
  expect(await called(north, 'Alone')).toEqual([]);
  expectNothingWaits();
});

test('a twin that is deleted where the contract only receives ends the link all the same', async () => {
  await start({ secondContract: { direction: 'receive' } });
  const id = await create(north, { summary: 'Hello' });
  await synced.pass();
  const twin = await theOne(south, 'Hello');
  await south.rest('DELETE', `issue/${twin.id}`, undefined, 'admin');
  await synced.pass();
  await edit(north, id, { summary: 'Still here' });
  await synced.pass();
  expect(await called(south, 'Still here')).toEqual([]);
  expectNothingWaits();
});
