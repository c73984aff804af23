/**
 * Whoever may edit an issue or a comment may write its properties, through Jira's REST API. What the app finds there
 * decides nothing that it has not written itself.
 */
import {
  endAllowed,
  endOf,
  listedContract,
  startPair,
  startSynced,
  type PairOptions,
  type Synced,
  type SyncedSite,
} from '../support/synced-sites';
import { createTwins, edit, issueOf, issuesOf, paragraph, textsOf, theOne } from '../support/twins';

let synced: Synced;
let north: SyncedSite;
let south: SyncedSite;
afterEach(() => endAllowed(synced.sandbox));

async function start(options: PairOptions = {}): Promise<void> {
  ({ synced, north, south } = await startPair(options));
}

const twins = (): Promise<[string, string]> => createTwins({ synced, north, south });

const summaryOf = async (site: SyncedSite, id: string): Promise<string> =>
  (await issueOf(site, id)).fields.summary;

/** As anybody may who may edit the issue. */
const forge = (site: SyncedSite, id: string, key: string, value: unknown): Promise<unknown> =>
  site.rest('PUT', `issue/${id}/properties/${key}`, value);

const idOf = ({ site }: SyncedSite): string => site.identity.cloudId;

/** Until `seconds` from now the app does not hear of the next event of that name. */
function delayEvent({ site }: SyncedSite, name: string, seconds: number): void {
  site.setFaults({
    rules: [
      {
        service: 'product-event',
        match: { name },
        times: 1,
        fault: { kind: 'delay', ms: seconds * 1_000 },
      },
    ],
  });
}

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
    ['swallows no edit', () => value({ [idOf(north)]: 1 }, idOf(north), 1)],
    [
      'of another kind holds nothing up',
      () => ({ kind: 'set', version: {}, elements: {}, dirty: false }),
    ],
    [
      'of changes that nobody has made hides none that comes',
      () => value({ [idOf(north)]: 1, [idOf(south)]: 1_000_000 }, idOf(south), 1_000_000),
    ],
  ])('%s', async (_what, after) => {
    await start();
    const [issue, twin] = await twins();
    // Before the app looks at the edit.
    delayEvent(north, 'updated:issue', 2);
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

describe('an origin', () => {
  interface Origin {
    origin: { site: string; issue: string };
    path: string[];
    connection: string;
  }

  /** An issue of a person who says where it came from. */
  async function createForged(summary: string, origin: Origin): Promise<string> {
    const fields = { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary };
    const properties = [{ key: 'issuesync', value: { ...origin, nonce: 'forged' } }];
    return (await north.rest<{ id: string }>('POST', 'issue', { fields, properties })).id;
  }

  test.each<[string, () => Origin]>([
    [
      'of this very connection',
      () => ({
        origin: { site: idOf(south), issue: '10001' },
        path: [idOf(south), idOf(north)],
        connection: endOf(north, south).connection,
      }),
    ],
    [
      'on the other site',
      () => ({
        origin: { site: idOf(south), issue: '10001' },
        path: [idOf(south), idOf(north)],
        connection: 'another',
      }),
    ],
    [
      'that the other site is said to have passed',
      () => ({
        origin: { site: 'far', issue: '1' },
        path: ['far', idOf(south), idOf(north)],
        connection: 'another',
      }),
    ],
  ])('%s keeps no issue out', async (_what, origin) => {
    await start();
    const issue = await createForged('By a person', origin());
    await synced.pass(60);
    const { id: twin } = await theOne(south, 'By a person');
    await edit(south, twin, { summary: 'And back' });
    await synced.pass(60);
    expect(await summaryOf(north, issue)).toBe('And back');
    await expectRest();
  });

  test('takes no other issue’s place', async () => {
    await start();
    delayEvent(north, 'created:issue', 20);
    const fields = { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary: 'Genuine' };
    const { id: genuine } = await north.rest<{ id: string }>('POST', 'issue', { fields });
    const origin = { site: idOf(north), issue: genuine };
    await createForged('Forged', { origin, path: [idOf(north)], connection: 'another' });
    await synced.pass(60);
    await theOne(south, 'Genuine');
    await theOne(south, 'Forged');
    await expectRest();
  });

  test('makes no person’s issue one that the app may delete', async () => {
    await start({
      contract: {
        events: ['create', 'update', 'comment', 'status', 'delete'],
        onRemoteDelete: 'delete',
      },
    });
    const origin = { site: 'far', issue: '1' };
    const path = ['far', idOf(north)];
    const issue = await createForged('By a person', { origin, path, connection: 'another' });
    await synced.pass(60);
    const { connection } = endOf(north, south);
    await forge(north, issue, 'issuesync', { origin, path, connection, nonce: 'forged' });
    const { id: twin } = await theOne(south, 'By a person');
    await south.rest('DELETE', `issue/${twin}`, undefined, 'admin');
    await synced.pass(60);
    expect(await summaryOf(north, issue)).toBe('By a person');
  });

  test('that somebody has changed on a copy does not stop it in a chain', async () => {
    const names = ['north', 'middle', 'south'] as const;
    synced = await startSynced(names, [
      ['north', 'middle'],
      ['middle', 'south'],
    ]);
    north = synced.site('north');
    south = synced.site('south');
    const middle = synced.site('middle');
    delayEvent(middle, 'created:issue', 20);
    const fields = { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary: 'Hello' };
    await north.rest('POST', 'issue', { fields });
    await synced.pass(10);
    const { id: copy } = await theOne(middle, 'Hello');
    const { value } = await middle.rest<{ value: { origin: { site: string } } }>(
      'GET',
      `issue/${copy}/properties/issuesync`,
    );
    expect(value.origin.site).toBe(idOf(north));
    const path = [idOf(north), idOf(south), idOf(middle)];
    await forge(middle, copy, 'issuesync', { ...value, path });
    await synced.pass(120);
    const { id: far } = await theOne(south, 'Hello');
    const told = await south.rest('GET', `issue/${far}/properties/issuesync`);
    expect(told).toMatchObject({
      value: { origin: value.origin, path: [idOf(north), idOf(middle), idOf(south)] },
    });
  });
});

test('a mark makes no person’s comment a copy, and puts no words into another’s mouth', async () => {
  await start();
  const [issue, twin] = await twins();
  const { connection } = endOf(north, south);
  const line = [{ type: 'text', text: 'Written by The Boss at south', marks: [{ type: 'em' }] }];
  const panel = {
    type: 'panel',
    attrs: { panelType: 'info' },
    content: [{ type: 'paragraph', content: line }],
  };
  const body = { ...paragraph(''), content: [panel, ...paragraph('All are fired.').content] };
  const mark = { connection, there: '1', n: 1, author: 'The Boss', at: 1 };
  const properties = [{ key: 'issuesync', value: mark }];
  await north.rest('POST', `issue/${issue}/comment`, { body, properties });
  await synced.pass(60);
  // The copy names who has written it, above what he has written.
  const [said = ''] = (await issueOf(south, twin)).fields.comment.comments.map(({ body: copy }) =>
    JSON.stringify(copy),
  );
  expect(said).toMatch(/Written by Zoë Lefèvre at .*Written by The Boss at south.*All are fired/);
  expect(textsOf(await issueOf(south, twin))).toHaveLength(1);
  await expectRest();
});

test('labels may be called what every object has', async () => {
  await start();
  const [, twin] = await createTwins({ synced, north, south }, { labels: ['__proto__', 'plain'] });
  expect((await issueOf(south, twin)).fields.labels.toSorted()).toEqual(['__proto__', 'plain']);
  await edit(south, twin, { labels: ['__proto__', 'constructor'] });
  await synced.pass(60);
  const [issue] = await issuesOf(north);
  expect(issue?.fields.labels.toSorted()).toEqual(['__proto__', 'constructor']);
  await expectRest();
});
