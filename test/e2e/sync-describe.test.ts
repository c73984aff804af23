/** Two sites tell each other of their contracts: which belong together, and what goes on when one is changed. */
import type { ContractComparison, ContractDraft, ContractView } from '../../src/entry/admin/api';
import { DEFERRED } from '../../src/sync/reasons';
import type { OutboxRow } from '../../src/sync/records';
import { succeed } from '../support/sites';
import {
  defaultContract,
  endOf,
  startPair,
  type PairOptions,
  type Synced,
  type SyncedSite,
} from '../support/synced-sites';
import { create, createTwins, edit, theOne } from '../support/twins';

let synced: Synced;
let north: SyncedSite;
let south: SyncedSite;
afterEach(() => synced.sandbox.dispose());

async function start(options: PairOptions = {}): Promise<void> {
  ({ synced, north, south } = await startPair(options));
}

/** What opening the page does. */
const compare = (here: SyncedSite, there: SyncedSite): Promise<ContractComparison> =>
  succeed(here.site, 'contracts/compare', { connection: endOf(here, there).connection });

async function comparedContract(here: SyncedSite, there: SyncedSite): Promise<ContractView> {
  const { contracts, problem } = await compare(here, there);
  expect(problem).toBeUndefined();
  const [only] = contracts;
  if (!only) throw new Error('There is no contract');
  return only;
}

const save = async (here: SyncedSite, there: SyncedSite, changes: Partial<ContractDraft>) => {
  const { connection, contract: id } = endOf(here, there);
  const draft = { ...(await defaultContract(here.site, connection)), ...changes };
  return succeed(here.site, 'contracts/update', { id, draft });
};

const waiting = ({ site }: SyncedSite): OutboxRow[] =>
  (site.kvs.dump().entities.outbox ?? []).map(([, row]) => row as OutboxRow);

test.each<[string, PairOptions]>([
  ['neither side passive', {}],
  ['the first side passive', { passive: 'first' }],
  ['the second side passive', { passive: 'second' }],
])('%s: one question binds both contracts, before any message', async (_mode, options) => {
  await start(options);
  const [active, other] = options.passive === 'first' ? [south, north] : [north, south];
  expect(await comparedContract(active, other)).toMatchObject({
    bound: true,
    counterpart: { name: 'Everything', project: { key: 'DEMO' }, enabled: true },
    misfits: [],
  });
  const egress = other.site.stats.snapshot().egress;
  // A passive side only shows what it was told.
  const there =
    options.passive === undefined
      ? await succeed(other.site, 'contracts/list', { connection: endOf(other, active).connection })
      : (await compare(other, active)).contracts;
  expect(there).toMatchObject([{ bound: true, counterpart: { name: 'Everything' }, misfits: [] }]);
  expect(other.site.stats.snapshot().egress).toEqual(egress);
  expect((await compare(other, active)).toldAt).toEqual(expect.any(String));
});

test('what does not fit is told on both sides', async () => {
  await start({ secondContract: { policy: 'there', direction: 'send' } });
  await save(north, south, { direction: 'send' });
  const { misfits } = await comparedContract(north, south);
  expect(misfits).toEqual([
    expect.stringContaining('that the newest change wins, the other one that this site does'),
    expect.stringContaining('Both contracts only send'),
  ]);
  expect((await comparedContract(south, north)).misfits).toEqual([
    expect.stringContaining('that the other site wins, the other one that the newest change does'),
    expect.stringContaining('Both contracts only send'),
  ]);
});

test('a remote that does not answer is told as such, and what was known stays', async () => {
  await start();
  await compare(north, south);
  await succeed(south.site, 'connections/pause', { id: endOf(south, north).connection });
  const { contracts, problem, toldAt } = await compare(north, south);
  expect(problem).toBe('The connection is paused on the other site.');
  expect(toldAt).toEqual(expect.any(String));
  expect(contracts).toMatchObject([{ bound: true, counterpart: { name: 'Everything' } }]);
});

test.each<[string, PairOptions]>([
  ['neither side passive', {}],
  ['the side that was changed passive', { passive: 'first' }],
  ['the other side passive', { passive: 'second' }],
])(
  '%s: a message under a mapping that the two have not compared waits with the reason, and goes once they have',
  async (_mode, options) => {
    await start(options);
    const [active, other] = options.passive === 'first' ? [south, north] : [north, south];
    const id = await create(north, { summary: 'Hello' });
    await synced.pass(65);
    // What has come makes polls follow: they end first.
    await synced.pass(5 * 60);
    await compare(active, other);
    // The south hears of it when the first message of the north comes.
    await save(north, south, { events: ['create', 'update', 'comment'] });
    await edit(north, id, { summary: 'Changed' });
    const reasons = new Set<string | undefined>();
    for (let second = 0; second < 130; second += 1) {
      await synced.pass(1);
      for (const { reason } of waiting(north)) reasons.add(reason);
    }
    expect([...reasons]).toContain(DEFERRED.mapping);
    await theOne(south, 'Changed');
    expect(waiting(north)).toEqual([]);
  },
);

test('a contract that was removed and added again is bound anew', async () => {
  await start();
  await createTwins({ synced, north, south });
  const { connection, contract: id } = endOf(north, south);
  await succeed(north.site, 'contracts/remove', { connection, id });
  const draft = await defaultContract(north.site, connection);
  const { id: anew } = await succeed(north.site, 'contracts/add', draft);
  await succeed(north.site, 'contracts/enable', { connection, id: anew });
  expect((await comparedContract(north, south)).bound).toBe(true);
  const twin = await theOne(south, 'Hello');
  await edit(south, twin.id, { summary: 'Again' });
  await synced.pass(10);
  await theOne(north, 'Again');
});
