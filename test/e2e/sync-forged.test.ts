/**
 * Whoever may edit an issue or a comment may write its properties, through Jira's REST API. What the app finds there
 * decides nothing that it has not written itself.
 */
import {
  endOf,
  listedContract,
  startPair,
  type PairOptions,
  type Synced,
  type SyncedSite,
} from '../support/synced-sites';
import { createTwins, edit, issueOf } from '../support/twins';

let synced: Synced;
let north: SyncedSite;
let south: SyncedSite;
afterEach(async () => {
  for (const { violations } of synced.sandbox.sites) expect(violations).toEqual([]);
  await synced.sandbox.dispose();
});

async function start(options: PairOptions = {}): Promise<void> {
  ({ synced, north, south } = await startPair(options));
}

const twins = (): Promise<[string, string]> => createTwins({ synced, north, south });

const summaryOf = async (site: SyncedSite, id: string): Promise<string> =>
  (await issueOf(site, id)).fields.summary;

/** As anybody may who may edit the issue. */
const forge = (site: SyncedSite, id: string, key: string, value: unknown): Promise<unknown> =>
  site.rest('PUT', `issue/${id}/properties/${key}`, value);

/** Nothing of the contracts waits, and nothing has failed. */
async function expectRest(): Promise<void> {
  for (const [here, there] of [
    [north, south],
    [south, north],
  ] as const) {
    expect(await listedContract(here, there)).toMatchObject({ waiting: 0, failed: 0 });
  }
}

describe('a marker', () => {
  const id = ({ site }: SyncedSite): string => site.identity.cloudId;

  /** As if a write of the app had just left the summary as it is. */
  async function forgeMarker(issue: string, after: (write: string) => object): Promise<void> {
    const { changelog } = await north.rest<{ changelog: { histories: { id: string }[] } }>(
      'GET',
      `issue/${issue}?expand=changelog`,
    );
    const write = 'forged';
    const anchors = { [write]: { since: changelog.histories[0]?.id ?? null } };
    const key = `issuesync.${endOf(north, south).connection}`;
    await forge(north, issue, key, { write, anchors, aliases: { summary: after(write) } });
  }

  const value = (version: Record<string, number>, site: string, n: number) => ({
    kind: 'value',
    version,
    dot: { site, n },
    stamp: 1,
    mine: '',
    dirty: false,
  });

  test.each([
    ['swallows no edit', () => value({ [id(north)]: 1 }, id(north), 1)],
    [
      'of another kind holds nothing up',
      () => ({ kind: 'set', version: {}, elements: {}, dirty: false }),
    ],
    [
      'of changes that nobody has made hides none that comes',
      () => value({ [id(north)]: 1, [id(south)]: 1_000_000 }, id(south), 1_000_000),
    ],
  ])('%s', async (_what, after) => {
    await start();
    const [issue, twin] = await twins();
    // Before the app looks at the edit.
    const late = { service: 'product-event', match: { name: 'updated:issue' } } as const;
    north.site.setFaults({ rules: [{ ...late, times: 1, fault: { kind: 'delay', ms: 2_000 } }] });
    await edit(north, issue, { summary: 'By a user' });
    await forgeMarker(issue, (write) => ({ write, after: after() }));
    await synced.pass(60);
    expect(await summaryOf(south, twin)).toBe('By a user');
    await edit(south, twin, { summary: 'And back' });
    await synced.pass(60);
    expect(await summaryOf(north, issue)).toBe('And back');
    await expectRest();
  });
});
