/**
 * Three sites: in a chain, where the one in the middle passes everything on, and in a ring, where each site
 * could get everything twice. Each has one twin of each issue, and what is at rest stays so.
 */
import { playStory } from '../support/sync-story';
import {
  endAllowed,
  startSynced,
  type Pair,
  type Synced,
  type SyncedSite,
} from '../support/synced-sites';
import { create, edit, issueOf, theOne } from '../support/twins';

let synced: Synced;
afterEach(() => endAllowed(synced.sandbox));

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

test('of one account that serves two connections, what one has written is no echo of the other', async () => {
  synced = await startSynced(NAMES, CHAIN, { localUser: 'app' });
  const [north, middle, south] = NAMES.map((name) => synced.site(name)) as [
    SyncedSite,
    SyncedSite,
    SyncedSite,
  ];
  const id = await create(north, { summary: 'One' });
  await synced.pass(20);
  const between = await theOne(middle, 'One');
  const far = await theOne(south, 'One');
  // The write of one connection takes long, and the other one writes meanwhile; events come later than both.
  const slow = {
    service: 'jira',
    match: { method: 'PUT', path: `/issue/${between.id}\\?` },
  } as const;
  const late = { service: 'product-event', match: { name: 'updated:issue' } } as const;
  middle.site.setFaults({
    rules: [
      { ...slow, times: 1, fault: { kind: 'delay', ms: 6_000 } },
      { ...late, fault: { kind: 'delay', ms: 20_000 } },
    ],
  });
  await edit(south, far.id, { priority: { name: 'High' } });
  await synced.pass(3);
  await edit(north, id, { summary: 'Two' });
  await synced.pass(120);
  middle.site.setFaults({ rules: [] });
  await synced.pass(600);
  const seen = await Promise.all([
    issueOf(north, id),
    issueOf(middle, between.id),
    issueOf(south, far.id),
  ]);
  expect(seen.map(({ fields }) => fields.summary)).toEqual(['Two', 'Two', 'Two']);
  expect(seen.map(({ fields }) => fields.priority?.name)).toEqual(['High', 'High', 'High']);
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
