/**
 * Three sites: in a chain, where the one in the middle passes everything on, and in a ring, where each site
 * could get everything twice. Each has one twin of each issue, and what is at rest stays so.
 */
import { playStory } from '../support/sync-story';
import { startSynced, type Pair, type Synced, type SyncedSite } from '../support/synced-sites';

let synced: Synced;
afterEach(async () => {
  for (const { violations } of synced.sandbox.sites) expect(violations).toEqual([]);
  await synced.sandbox.dispose();
});

const NAMES = ['north', 'middle', 'south'] as const;
const CHAIN: Pair[] = [
  ['north', 'middle'],
  ['middle', 'south'],
];
const RING: Pair[] = [...CHAIN, ['south', 'north']];

/** A message for each of two neighbours, one after the other. */
const PASSED_ON = 10;
const HOUR = 3_600;

describe.each([
  ['a chain', CHAIN],
  ['a ring', RING],
] as const)('%s of three', (_shape, pairs) => {
  test.each(['app', 'picked'] as const)('Local Users: %s', async (localUser) => {
    synced = await startSynced(NAMES, pairs, { localUser });
    const [north, middle, south] = NAMES.map((name) => synced.site(name)) as [
      SyncedSite,
      SyncedSite,
      SyncedSite,
    ];
    const wait = () => synced.pass(PASSED_ON);
    await playStory([north, middle, south], wait, 'The export');
    await playStory([middle, south, north], wait, 'The list');
    await playStory([south, north, middle], wait, 'The import');
    await expectRest();
  });
});

/** Nobody does anything: in an hour the app has asked Jira what was updated, once for each contract, and no more. */
async function expectRest(): Promise<void> {
  await synced.pass(60);
  for (const { stats } of synced.sandbox.sites) stats.reset();
  await synced.pass(HOUR);
  for (const name of NAMES) {
    const { site, connections } = synced.site(name);
    const { calls } = site.stats.snapshot().jira;
    expect({ name, calls }).toEqual({ name, calls: connections.size });
  }
}
