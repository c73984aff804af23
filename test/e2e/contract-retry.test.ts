/** An admin has what waits tried again, or what has failed. */
import { DEFERRED } from '../../src/sync/reasons';
import { account, succeed } from '../support/sites';
import { defaultContract, startPair, type Synced, type SyncedSite } from '../support/synced-sites';
import { called, create, edit, theOne } from '../support/twins';

let synced: Synced;
let north: SyncedSite;
let south: SyncedSite;

beforeEach(async () => {
  ({ synced, north, south } = await startPair());
});
afterEach(() => synced.sandbox.dispose());

const MINUTES = 60;

/** The connection of a site and its contract. */
function ends({ connections }: SyncedSite): { connection: string; id: string } {
  const [only] = connections.values();
  if (!only) throw new Error('There is no connection');
  return { connection: only.connection, id: only.contract };
}

async function listed(name = 'Everything') {
  const { connection } = ends(north);
  const contracts = await succeed(north.site, 'contracts/list', { connection });
  return contracts.find((one) => one.name === name);
}

const retry = () => succeed(north.site, 'contracts/retry', ends(north));

test('what has failed is told with its reason, needs a person, and goes when it is tried again', async () => {
  const id = await create(north, { summary: 'Seen' });
  await synced.pass();
  const [sync, project] = [account(south.site, 'sync'), 'DEMO'];
  south.site.jira.deny(sync, project, 'BROWSE_PROJECTS');
  await edit(north, id, { summary: 'Unseen' });
  await synced.pass(60);
  const reasons = [{ reason: DEFERRED.unreadable, count: 1 }];
  expect(await listed()).toMatchObject({ waiting: 1, failed: 0, reasons });
  await synced.pass(180 * MINUTES);
  expect(await listed()).toMatchObject({ waiting: 0, failed: 1, reasons });

  south.site.jira.allow(sync, project, 'BROWSE_PROJECTS');
  await synced.pass(30 * MINUTES);
  expect(await called(south, 'Unseen')).toEqual([]);
  await retry();
  await synced.pass();
  await theOne(south, 'Unseen');
  expect(await listed()).toMatchObject({ waiting: 0, failed: 0, reasons: [] });
});

test('what waits long goes at once, and nothing of another contract', async () => {
  const { connection } = ends(north);
  for (const site of [north, south]) {
    const of = ends(site).connection;
    const draft = { ...(await defaultContract(site.site, of, 'OPS')), name: 'Plugs' };
    const { id } = await succeed(site.site, 'contracts/add', draft);
    await succeed(site.site, 'contracts/enable', { connection: of, id });
  }
  const pause = { id: ends(south).connection };
  await succeed(south.site, 'connections/pause', pause);
  await create(north, { summary: 'Demo' });
  await create(north, { summary: 'Plug', project: { key: 'OPS' } }, 'priya.raman');
  await synced.pass(20 * MINUTES);
  expect(await listed()).toMatchObject({ waiting: 1, failed: 0 });
  expect(await listed('Plugs')).toMatchObject({ waiting: 1, failed: 0 });
  await succeed(south.site, 'connections/resume', pause);
  expect(connection).toBe((await retry()).connection);
  await synced.pass();
  await theOne(south, 'Demo');
  expect(await listed()).toMatchObject({ waiting: 0 });
  expect(await listed('Plugs')).toMatchObject({ waiting: 1 });
});
