/** `sandbox.advance` and `sandbox.settled`: time goes on when everything has come to rest. */
import type { Sandbox, Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';
import { consumed, event, logged, push } from '../support/queue-calls';

let sandbox: Sandbox;
let north: Site;
let south: Site;

beforeEach(async () => {
  sandbox = await startFixture();
  north = sandbox.site('north');
  south = sandbox.site('south');
});

afterEach(() => sandbox.dispose());

const hookOf = async (site: Site): Promise<string> =>
  String(await site.invoke('url', { key: 'hook' }));

test('settled does not wait for a site that sleeps, though another waits for its answer', async () => {
  const url = await hookOf(south);
  const calling = north.invoke('fetch', { url: `${url}?do=sleep:5000`, method: 'POST' });
  await sandbox.settled();
  let answered = false;
  void calling.then(() => (answered = true));
  await sandbox.advance(4_999);
  expect(answered).toBe(false);
  await sandbox.advance(1);
  expect(await calling).toMatchObject({ status: 200 });
});

test('one advance lets a chain of calls between sites and of sleeps run to its end', async () => {
  const url = await hookOf(south);
  south.setFaults({ latencyMs: 300, coldStartMs: 2_000 });
  north.setFaults({ latencyMs: 200 });
  const calling = north.invoke('fetch', { url: `${url}?do=sleep:1000`, method: 'POST' });
  await sandbox.advance(20_000);
  expect(await calling).toMatchObject({ status: 200 });
});

test('an event that falls due on the way ends before its time limit', async () => {
  north.setFaults({ latencyMs: 100 });
  const pushing = push(north, { ...event({ do: 'sleep', ms: 1_000 }), delayInSeconds: 60 });
  await sandbox.advance(100);
  await pushing;
  await sandbox.advance(3_600_000);
  expect(consumed(north)).toHaveLength(1);
  expect(north.logs.join('\n')).not.toMatch(/timed out/);
  const reading = north.invoke('get', { key: 'slept' });
  await sandbox.advance(100);
  expect(await reading).toBe(1_000);
});

test('nor does time run out for what it asks of another site meanwhile', async () => {
  const url = await hookOf(south);
  const pushed = sandbox.clock.now();
  await push(north, { ...event({ do: 'fetch', url, times: 10 }), delayInSeconds: 60 });
  await sandbox.advance(3_600_000);
  expect(consumed(north)).toHaveLength(1);
  expect(logged(north, 'done')).toMatchObject([{ at: pushed + 60_000 }]);
  expect(north.logs.join('\n')).not.toMatch(/timed out/);
});

test('the header of a request between sites is the sandbox’s own: no app and no record sees it', async () => {
  const url = await hookOf(south);
  const answer = (await north.invoke('fetch', { url, method: 'POST' })) as { body: string };
  expect(answer.body).not.toMatch(/sandbox-hop/);
  expect(JSON.stringify([north.traffic, south.traffic])).not.toMatch(/sandbox-hop/);
});

test('the control surface advances in the same way', async () => {
  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${north.url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });
  await push(north, { ...event({ do: 'sleep', ms: 50_000 }), delayInSeconds: 10 });
  await post('clock', { advanceMs: 120_000 });
  expect(await (await post('idle', {})).json()).toEqual({ idle: true });
  expect(await north.invoke('get', { key: 'slept' })).toBe(50_000);
});
