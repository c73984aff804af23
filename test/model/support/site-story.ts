/** One story of whole sites: people do what a seed says while the sandbox lets things go wrong; what must hold at rest. */
import assert from 'node:assert/strict';
import { MemoryStorage } from '../../../sandbox/storage';
import { succeed } from '../../support/sites';
import { startSynced, type Synced } from '../../support/synced-sites';
import { textsOf, type IssueSeen } from '../../support/twins';
import { problemOf, type Proof } from './proof';
import { seedIds } from './seeded-ids';
import { faultsOf, NO_MORE } from './site-faults';
import { caseOf, People } from './site-people';
import { planOf, type SitePlan } from './site-plan';

/** Where an event was lost, so long that a scan has run; at most longer than the longest back-off. */
const ROUNDS_TO_SCAN = 14;
const ROUNDS = 40;
const ROUND_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

/**
 * Plays a seed on whole sites and looks at what is left of it.
 *
 * @param plan as the seed makes it, or less of it
 */
export async function proveSites(seed: number, plan: SitePlan = planOf(seed)): Promise<Proof> {
  const { name, sites, pairs, passive, localUser } = plan.shape;
  const contract = plan.jql === undefined ? {} : { contract: { jql: plan.jql } };
  const unseed = seedIds(seed);
  const storage = new MemoryStorage();
  const synced = await startSynced(
    sites,
    pairs,
    { localUser, ...contract, ...(passive ? { passive } : {}) },
    { seed, storage },
  );
  const people = new People(synced, plan.shape, storage);
  const problem = await problemOf(async () => {
    await play(synced, people, plan);
    await rest(synced, people);
    await check(synced, people, storage);
  });
  const proof = {
    setting: `sites: ${name}`,
    injected: injectedIn(synced),
    did: people.did,
    story: told(synced, people),
  };
  await synced.sandbox.dispose();
  unseed();
  return { ...proof, ...(problem ? { problem } : {}) };
}

async function play({ sandbox }: Synced, people: People, plan: SitePlan): Promise<void> {
  for (const [index, site] of sandbox.sites.entries()) {
    site.setFaults(faultsOf(plan.faults[index] ?? [], plan.skewMs[index] ?? 0));
  }
  for (const step of plan.steps) {
    await sandbox.advance(step.waitMs);
    await people.act(step);
  }
  await sandbox.advance(20_000);
}

/** Faults end, admins put everything in order, and time goes on until nothing waits. */
async function rest(synced: Synced, people: People): Promise<void> {
  const { sandbox } = synced;
  for (const site of sandbox.sites) site.setFaults(NO_MORE);
  people.tell('the faults end');
  // What hangs is ended by the platform.
  await sandbox.advance(60_000);
  await people.mend();
  await sandbox.advance(ROUND_MS);
  await people.admins.retry();
  const leastRounds = injectedIn(synced)['an event of Jira is lost'] ? ROUNDS_TO_SCAN : 1;
  for (let round = 1; round <= ROUNDS; round += 1) {
    await sandbox.advance(ROUND_MS);
    if (round < leastRounds) continue;
    if ((await trafficOf(synced)).every(({ waiting }) => waiting === 0)) break;
  }
}

async function check(synced: Synced, people: People, storage: MemoryStorage): Promise<void> {
  for (const { site, waiting, failed, reasons } of await trafficOf(synced)) {
    assert.equal(waiting, 0, `${site} has issues that wait: ${JSON.stringify(reasons)}`);
    if (people.deleted.size === 0) {
      assert.equal(failed, 0, `${site} has failed: ${JSON.stringify(reasons)}`);
    }
    assert.ok(failed === 0 || reasons.length > 0, `${site} does not say why something has failed`);
  }
  for (const { identity, violations } of synced.sandbox.sites) {
    assert.deepEqual(violations, [], `${identity.name} did what no platform understands`);
  }
  const before = await everything(people);
  checkTwins(before, people);
  checkLosers(before, people, storage);
  await synced.sandbox.advance(HOUR_MS);
  assert.deepEqual(await everything(people), before, 'An hour later something has changed');
}

type Everything = { site: string; issues: IssueSeen[] }[];

async function everything(people: People): Promise<Everything> {
  return Promise.all(
    people.names().map(async (site) => ({ site, issues: await people.issuesOf(site) })),
  );
}

function checkTwins(sites: Everything, { deleted, open }: People): void {
  const all = sites.flatMap(({ site, issues }) => issues.map((issue) => ({ site, issue })));
  const cases = new Set(all.map(({ issue }) => caseOf(issue) ?? ''));
  for (const label of cases) {
    const twins = all.filter(({ issue }) => caseOf(issue) === label);
    const gone = deleted.get(label);
    const expected = sites.map(({ site }) => site).filter((site) => gone?.has(site) !== true);
    assert.deepEqual(
      twins.map(({ site }) => site),
      expected,
      `${label} is not once on each site that has not deleted it`,
    );
    // Those that are alone now go their own ways.
    if (gone) continue;
    const [first, ...others] = twins.map(({ issue }) => seen(issue));
    for (const other of others) assert.deepEqual(other, first, `Twins of ${label} differ`);
    if (first) open.delete(first.summary);
  }
}

const seen = (issue: IssueSeen) => ({
  summary: issue.fields.summary,
  status: issue.fields.status.name,
  priority: issue.fields.priority?.name,
  labels: [...issue.fields.labels].sort(),
  duedate: issue.fields.duedate,
  comments: textsOf(issue).sort(),
});

/** What was typed into an issue that was deleted went with it, or stays with a twin that is alone now. */
function checkLosers(sites: Everything, { open, deleted }: People, storage: MemoryStorage): void {
  const kept = sites.flatMap(({ site }) =>
    storage
      .table<unknown>(`${site}/kvs:entity:history`)
      .entries()
      .map(([, record]) => JSON.stringify(record)),
  );
  const lost = [...open].filter(
    ([summary, label]) =>
      !deleted.has(label) && !kept.some((record) => record.includes(`\\"${summary}\\"`)),
  );
  assert.deepEqual(lost, [], 'What was typed and overwritten is in no history');
}

async function trafficOf(synced: Synced) {
  const all = synced.sandbox.sites.flatMap(({ identity: { name } }) =>
    [...synced.site(name).connections.values()].map((one) => ({ name, ...one })),
  );
  return Promise.all(
    all.map(async ({ name, connection, contract }) => {
      const views = await succeed(synced.site(name).site, 'contracts/list', { connection });
      const { waiting, failed, reasons } = views.find(({ id }) => id === contract) ?? NOTHING;
      return { site: name, waiting, failed, reasons };
    }),
  );
}

const NOTHING = { waiting: 0, failed: 0, reasons: [] };

function injectedIn({ sandbox }: Synced): Record<string, number> {
  const injected: Record<string, number> = {};
  for (const { rule } of sandbox.sites.flatMap(({ faultLog }) => faultLog)) {
    injected[rule] = (injected[rule] ?? 0) + 1;
  }
  return injected;
}

/** What people did, and what the sites have logged and let go wrong. */
function told({ sandbox }: Synced, { story }: People): string[] {
  const faults = sandbox.sites.flatMap(({ identity, faultLog }) =>
    faultLog.map(
      ({ at, rule, what }) =>
        `${new Date(at).toISOString().slice(11, 23)} ${identity.name}: ${rule}: ${what.slice(0, 90)}`,
    ),
  );
  return [...story, ...faults].sort();
}
