/**
 * What moving something costs, both sides together, in a warm process: calls of the store, of Jira and to the
 * other site. The numbers stand beside what costs them: `deliverRow`, `recordEvent`, `answerExchange`, `poll`.
 */
import { startPair, type PairOptions, type Synced, type SyncedSite } from '../support/synced-sites';
import { comment, create, edit, theOne } from '../support/twins';

let synced: Synced;
let north: SyncedSite;
let south: SyncedSite;
let id: string;
afterEach(() => synced.sandbox.dispose());

/** Two sites between which something has moved already. */
async function startWarm(options: PairOptions = {}): Promise<void> {
  ({ synced, north, south } = await startPair(options));
  id = await create(north, { summary: 'Warm' });
  await synced.pass(65);
  await edit(north, id, { summary: 'Warmed up' });
  await synced.pass(65);
}

/** All events of a site's Jira come that much later. */
const delayEvents = ({ site }: SyncedSite, ms: number) =>
  site.setFaults({ rules: [{ service: 'product-event', fault: { kind: 'delay', ms } }] });

interface Cost {
  kvs: number;
  jira: number;
  egress: number;
}

/** What `work`, and the time after it, has cost; the store's units of 10 KB are told. */
async function costOf(what: string, seconds: number, work?: () => Promise<unknown>): Promise<Cost> {
  for (const { stats } of synced.sandbox.sites) stats.reset();
  await work?.();
  await synced.pass(seconds);
  const all = synced.sandbox.sites.map(({ stats }) => stats.snapshot());
  const sum = (counted: (one: (typeof all)[number]) => number): number =>
    all.reduce((total, one) => total + counted(one), 0);
  const cost = {
    kvs: sum(({ kvs }) => kvs.read + kvs.write),
    jira: sum(({ jira }) => jira.calls),
    egress: sum(({ egress }) => egress),
  };
  const units = sum(({ kvsUnits }) => kvsUnits.read + kvsUnits.write);
  const points = sum(({ jira }) => jira.points);
  console.log(
    `${what}: ${JSON.stringify(cost)}, ${units} units of 10 KB, ${points} points of Jira`,
  );
  return cost;
}

function expectAtMost(cost: Cost, most: Cost): void {
  expect(Math.max(cost.kvs, most.kvs)).toBe(most.kvs);
  expect(Math.max(cost.jira, most.jira)).toBe(most.jira);
  expect(Math.max(cost.egress, most.egress)).toBe(most.egress);
}

test('a change of one field, and its echo', async () => {
  await startWarm();
  delayEvents(south, 20_000);
  const change = await costOf('a change of one field', 5, () =>
    edit(north, id, { summary: 'Changed' }),
  );
  await theOne(south, 'Changed');
  expectAtMost(change, { kvs: 12, jira: 3, egress: 1 });
  expectAtMost(await costOf('its echo', 20), { kvs: 2, jira: 0, egress: 0 });
});

test('a new issue with two comments, told by one event', async () => {
  await startWarm();
  delayEvents(south, 20_000);
  north.site.setFaults({
    rules: [
      { service: 'product-event', match: { name: 'created' }, fault: { kind: 'delay', ms: 1_000 } },
      { service: 'product-event', match: { name: 'comment' }, fault: { kind: 'lose' } },
    ],
  });
  const cost = await costOf('a new issue with two comments', 5, createWithComments);
  await expectTwinWithComments();
  expectAtMost(cost, { kvs: 13, jira: 6, egress: 1 });
  expectAtMost(await costOf('its three echoes', 20), { kvs: 6, jira: 0, egress: 0 });
});

// Each event costs two calls of the store; one look is for all three.
test('a new issue with two comments, told by three events at once', async () => {
  await startWarm();
  delayEvents(south, 20_000);
  delayEvents(north, 1_000);
  const cost = await costOf('the same, told by three events', 5, createWithComments);
  await expectTwinWithComments();
  expectAtMost(cost, { kvs: 17, jira: 6, egress: 1 });
});

test('three edits of one issue at once, of which the first one wakes up', async () => {
  await startWarm();
  delayEvents(south, 20_000);
  delayEvents(north, 1_000);
  const cost = await costOf('three edits at once', 5, async () => {
    for (const summary of ['One', 'Two', 'Three']) await edit(north, id, { summary });
  });
  await theOne(south, 'Three');
  expectAtMost(cost, { kvs: 21, jira: 4, egress: 1 });
});

async function createWithComments(): Promise<void> {
  const issue = await create(north, { summary: 'New' });
  await comment(north, issue, 'One');
  await comment(north, issue, 'Two');
}

async function expectTwinWithComments(): Promise<void> {
  const twin = await theOne(south, 'New');
  expect(twin.fields.comment.comments).toHaveLength(2);
}

/** What each side's store is asked in `seconds`; Jira is not asked at all. */
async function storeCalls(seconds: number): Promise<{ active: number; passive: number }> {
  for (const { stats } of synced.sandbox.sites) stats.reset();
  await synced.pass(seconds);
  const [active = 0, passive = 0] = [north, south].map(({ site: { stats } }) => {
    const { kvs, jira } = stats.snapshot();
    expect(jira.calls).toBe(0);
    return kvs.read + kvs.write;
  });
  expect(north.site.stats.snapshot().egress).toBe(1);
  console.log(`a poll: ${active} calls of the store on the active side, ${passive} on the passive`);
  return { active, passive };
}

test('a poll with nothing to do', async () => {
  await startWarm({ passive: 'second' });
  await synced.pass(10 * 60);
  const regular = await storeCalls(60);
  expect(regular.active).toBeLessThanOrEqual(3);
  expect(regular.passive).toBeLessThanOrEqual(3);
  // Every 5 s, once something has come.
  await edit(south, (await theOne(south, 'Warmed up')).id, { summary: 'Brought' });
  await synced.pass(75);
  const fast = await storeCalls(5);
  expect(fast.active).toBeLessThanOrEqual(3);
  expect(fast.passive).toBeLessThanOrEqual(3);
});
