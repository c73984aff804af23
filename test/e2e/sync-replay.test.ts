/** What was recorded on its way: sent again, in whatever order, it moves nothing. */
import { seededRandom, type Random } from '../../sandbox/random';
import type { Exchange } from '../../sandbox/traffic';
import { endAllowed, startPair, type SyncedPair } from '../support/synced-sites';
import { comment, createTwins, edit, issuesOf, moveTo } from '../support/twins';

const SEED = 1;

let pair: SyncedPair;
let twins: [string, string];
beforeEach(async () => {
  pair = await startPair();
  const { synced, north, south } = pair;
  twins = await createTwins(pair);
  const [here, there] = twins;
  await edit(north, here, { summary: 'Second', labels: ['one'] });
  await comment(north, here, 'A comment');
  await synced.pass();
  await edit(south, there, { summary: 'Third', labels: ['one', 'two'] });
  await moveTo(south, there, 'Done');
  await synced.pass();
  await edit(north, here, { summary: 'Last', labels: ['two'] });
  await synced.pass();
});
afterEach(() => endAllowed(pair.synced.sandbox));

/** All that people see and the engine knows, on both sites. A link that was looked at is the same link. */
const everything = () =>
  Promise.all(
    [pair.north, pair.south].map(async (site) => {
      const { link, origin, outbox, history } = site.site.kvs.dump().entities;
      const records = JSON.stringify({ link, origin, outbox, history }, (name, value: unknown) =>
        name === 'revision' ? undefined : value,
      );
      return { issues: await issuesOf(site), records };
    }),
  );

const requestsTo = ({ site }: SyncedPair['north']): Exchange[] =>
  site.traffic.filter(({ direction }) => direction === 'in');

function shuffled<T>(all: readonly T[], random: Random): T[] {
  return all
    .map((one) => [random(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}

type Sent = Pick<Exchange, 'url' | 'requestHeaders' | 'requestBody'>;

/** @returns the status */
async function send({ site }: SyncedPair['north'], sent: Sent): Promise<number> {
  const { pathname } = new URL(sent.url, site.url);
  const headers = sent.requestHeaders.filter(
    ([name]) => !/^(host|connection|content-length|transfer-encoding)$/i.test(name),
  );
  const answer = await fetch(`${site.url}${pathname}`, {
    method: 'POST',
    headers,
    body: sent.requestBody,
  });
  await answer.text();
  return answer.status;
}

test('every recorded request, sent again twice in whatever order, changes nothing', async () => {
  const random = seededRandom(SEED);
  const before = await everything();
  for (const site of [pair.north, pair.south]) {
    const recorded = [...requestsTo(site)];
    expect(recorded.length).toBeGreaterThan(1);
    for (const request of shuffled([...recorded, ...recorded], random)) {
      expect(await send(site, request)).toBe(200);
    }
  }
  await pair.synced.pass(120);
  expect(await everything()).toEqual(before);
});
