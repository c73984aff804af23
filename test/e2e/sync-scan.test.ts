/** What no event has told of is found by the scan, and what was looked at is left alone. */
import { endAllowed, startSynced, type Synced } from '../support/synced-sites';
import { called, create, edit, comment, issueOf, textsOf, theOne } from '../support/twins';
import { succeed, type TestSite } from '../support/sites';

let synced: Synced;
afterEach(() => endAllowed(synced.sandbox));

const start = async (options: Parameters<typeof startSynced>[2] = {}) => {
  synced = await startSynced(['north', 'south'], [['north', 'south']], options);
  return { north: synced.site('north'), south: synced.site('south') };
};

/** A little more than an hour: the schedule's five minutes, and the time to deliver. */
const HOUR_S = 66 * 60;

/** From now on no event of Jira reaches the app of this site; `false`: they do again. */
function loseEvents(name: string, isLost = true): void {
  const rules = isLost ? [{ service: 'product-event', fault: { kind: 'lose' } } as const] : [];
  synced.site(name).site.setFaults({ rules });
}

test.each([
  ['an active side', {}],
  ['a passive side', { passive: 'first' }],
] as const)(
  'an issue, an edit and a comment of %s whose events are lost',
  async (_what, options) => {
    const { north, south } = await start(options);
    const known = await create(north, { summary: 'Known' });
    await synced.pass(65);
    const twin = await theOne(south, 'Known');
    loseEvents('north');
    await edit(north, known, { summary: 'Known better' });
    await comment(north, known, 'Nobody has heard of this.');
    await create(north, { summary: 'Unknown' });
    await synced.pass(65);
    loseEvents('north', false);
    expect((await issueOf(south, twin.id)).fields.summary).toBe('Known');
    expect(await called(south, 'Unknown')).toEqual([]);
    await synced.pass(HOUR_S);
    const seen = await issueOf(south, twin.id);
    expect(seen.fields.summary).toBe('Known better');
    expect(textsOf(seen).join()).toContain('Nobody has heard of this.');
    await theOne(south, 'Unknown');
  },
);

test('the first scan finds an issue whose event was lost on a site whose clock is behind Jira’s (site seed 20039)', async () => {
  const { north, south } = await start();
  loseEvents('north');
  await create(north, { summary: 'Unknown' });
  north.site.setFaults({ skewMs: -140_000 });
  await synced.pass(65);
  loseEvents('north', false);
  await synced.pass(HOUR_S);
  await theOne(south, 'Unknown');
});

test('a contract that is enabled again finds what has changed meanwhile, and nothing from before it was there', async () => {
  const { north, south } = await start();
  const id = await create(north, { summary: 'Known' });
  await synced.pass();
  const twin = await theOne(south, 'Known');
  const before = await south.rest<{ issues: unknown[] }>('POST', 'search/jql', ALL);
  const { connection, contract } = north.connections.get('south') ?? {
    connection: '',
    contract: '',
  };
  await succeed(north.site, 'contracts/disable', { connection, id: contract });
  await edit(north, id, { summary: 'Changed meanwhile' });
  await create(north, { summary: 'New meanwhile' });
  // Longer than an hourly scan looks back.
  await synced.pass(3 * HOUR_S);
  expect((await issueOf(south, twin.id)).fields.summary).toBe('Known');
  await succeed(north.site, 'contracts/enable', { connection, id: contract });
  await synced.pass();
  expect((await issueOf(south, twin.id)).fields.summary).toBe('Changed meanwhile');
  await theOne(south, 'New meanwhile');
  const after = await south.rest<{ issues: unknown[] }>('POST', 'search/jql', ALL);
  expect(after.issues).toHaveLength(before.issues.length + 1);
});

const ALL = { jql: 'project = DEMO', maxResults: 100 };

test('what was looked at, and what was written for the other side, is left alone', async () => {
  const { north, south } = await start();
  const id = await create(north, { summary: 'Known', labels: ['one'] });
  await synced.pass();
  const twin = await theOne(south, 'Known');
  await edit(north, id, { summary: 'Known better' });
  await synced.pass();
  await edit(south, twin.id, { labels: ['one', 'two'] });
  await synced.pass();
  const stored = () => [north, south].map(({ site }) => issuesStored(site.kvs.dump()));
  const scans = () => [north, south].map(({ site }) => scansOf(site));
  const [before, scanned] = [stored(), scans()];
  await synced.pass(HOUR_S);
  expect(stored()).toEqual(before);
  // It has run, though.
  for (const [at, facts] of scans().entries()) {
    expect(facts).toHaveLength(1);
    expect(facts).not.toEqual(scanned[at]);
  }
});

const scansOf = ({ kvs }: TestSite) => kvs.dump().plain.filter(([key]) => key.startsWith('scans:'));

/** All that is stored of issues. */
const issuesStored = ({ entities }: ReturnType<TestSite['kvs']['dump']>) => [
  entities.link,
  entities.outbox,
  entities.origin,
  entities.history,
];
