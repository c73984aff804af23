/** What Test says of a remote that is not in order, each in its own words. */
import {
  FAKE_URL,
  sendJson,
  sendSigned,
  startFakeRemote,
  type FakeAnswer,
  type Received,
} from '../support/fake-remote';
import type { RemoteServer } from '../support/fixture-sandbox';
import {
  addConnection,
  checkOf,
  endpointUrl,
  GENERATED,
  startTwoSites,
  succeed,
  troubles,
  type TwoSites,
} from '../support/sites';
import { PONG } from '../support/wire-endpoint';
import type { TestReport } from '../../src/connection/connection-test/report';

const NORTH_KEYS = { local: GENERATED.north, remote: GENERATED.south };
const SOUTH_KEYS = { local: GENERATED.south, remote: GENERATED.north };
const STRANGER = '33333333-cccc-4ccc-8ccc-333333333333';

let sites: TwoSites;
let remote: RemoteServer | undefined;

beforeEach(async () => {
  sites = await startTwoSites();
});

afterEach(async () => {
  await sites.sandbox.dispose();
  await remote?.close();
  remote = undefined;
});

/** A remote of the test's own, at `FAKE_URL` or in the place of another `host`. */
async function fakeRemote(answer: FakeAnswer, host?: string): Promise<void> {
  remote = await startFakeRemote(sites.sandbox, answer, host);
}

async function testAgainst(remoteUrl: string): Promise<TestReport> {
  const { id } = await addConnection(sites.north, sites.south, NORTH_KEYS, { remoteUrl });
  return succeed(sites.north, 'connections/test', { id });
}

/** Hands a request of the app to the real remote and gives back its answer. */
async function forward({ headers, body }: Received): Promise<{ status: number; body: string }> {
  const path = new URL(await endpointUrl(sites.south)).pathname;
  const { host: _host, connection: _connection, 'content-length': _length, ...rest } = headers;
  const answer = await fetch(`${sites.south.url}${path}`, { method: 'POST', headers: rest, body });
  return { status: answer.status, body: await answer.text() };
}

test.each(['error', 'proxy-status'] as const)('a dead host, told by %s', async (deadHost) => {
  sites.north.setFaults({ deadHost });
  const report = await testAgainst('https://nobody.webtrigger.atlassian.app/public/x');
  expect(troubles(report)).toEqual(['remote-reachable: failed']);
  expect(checkOf(report, 'remote-reachable').detail).toMatch(/no connection/i);
});

test('an address that the manifest does not allow', async () => {
  const report = await testAgainst('https://example.com/public/x');
  expect(troubles(report)).toEqual(['remote-reachable: failed']);
  expect(checkOf(report, 'remote-reachable').detail).toMatch(/platform does not let/i);
});

test('a remote that hangs', async () => {
  let asked = (): void => undefined;
  const received = new Promise<void>((resolve) => (asked = resolve));
  await fakeRemote(() => asked());
  const { id } = await addConnection(sites.north, sites.south, NORTH_KEYS, { remoteUrl: FAKE_URL });
  const testing = succeed(sites.north, 'connections/test', { id });
  await received;
  await sites.sandbox.clock.advance(10_000);
  const report = await testing;
  expect(checkOf(report, 'remote-reachable')).toMatchObject({
    status: 'failed',
    detail: expect.stringMatching(/did not answer in time/) as string,
  });
  expect(report.durationMs).toBeLessThan(20_000);
});

test('a login page with status 200', async () => {
  await fakeRemote((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in');
  });
  const report = await testAgainst(FAKE_URL);
  expect(troubles(report)).toEqual(['remote-reachable: failed']);
  expect(checkOf(report, 'remote-reachable').detail).toMatch(/web page.*login page/i);
});

test.each([
  [424, /not installed/],
  [404, /no endpoint/],
  [500, /status 500/],
  // The remote's own, not the platform's refusal to call it.
  [403, /status 403/],
])('status %i', async (status, words) => {
  await fakeRemote((_request, response) => void response.writeHead(status).end());
  const report = await testAgainst(FAKE_URL);
  expect(troubles(report)).toEqual(['remote-reachable: failed']);
  expect(checkOf(report, 'remote-reachable').detail).toMatch(words);
});

test('a redirect is not followed, wherever it leads', async () => {
  await addConnection(sites.south, sites.north, SOUTH_KEYS);
  const location = await endpointUrl(sites.south);
  await fakeRemote((_request, response) => void response.writeHead(307, { location }).end());
  const report = await testAgainst(FAKE_URL);
  expect(troubles(report)).toEqual(['remote-reachable: failed']);
  expect(checkOf(report, 'remote-reachable').detail).toMatch(/status 307/);
});

test('an answer without a signature', async () => {
  await fakeRemote((_request, response) =>
    sendJson(response, 200, { status: 200, kind: 'answer' }),
  );
  const report = await testAgainst(FAKE_URL);
  expect(troubles(report)).toHaveLength(1);
  expect(troubles(report)[0]).toMatch(/remote-(signature|reachable): failed/);
});

test('an answer with a wrong signature', async () => {
  await addConnection(sites.south, sites.north, SOUTH_KEYS);
  await fakeRemote(async (request, response) => {
    const { status, body } = await forward(request);
    const envelope = JSON.parse(body) as { signature: string };
    const signature = `v1,${Buffer.alloc(32).toString('base64')}`;
    sendJson(response, status, { ...envelope, signature });
  });
  const report = await testAgainst(FAKE_URL);
  expect(troubles(report)).toEqual(['remote-signature: failed']);
  expect(checkOf(report, 'remote-signature').detail).toMatch(/another key/);
});

test('an old answer', async () => {
  await addConnection(sites.south, sites.north, SOUTH_KEYS);
  let recorded: { status: number; body: string } | undefined;
  await fakeRemote(async (request, response) => {
    const fresh = await forward(request);
    recorded ??= fresh;
    response.writeHead(recorded.status).end(recorded.body);
  });
  const { id } = await addConnection(sites.north, sites.south, NORTH_KEYS, { remoteUrl: FAKE_URL });
  expect(troubles(await succeed(sites.north, 'connections/test', { id }))).toEqual([]);
  const report = await succeed(sites.north, 'connections/test', { id });
  expect(troubles(report)).toEqual(['remote-signature: failed']);
  expect(checkOf(report, 'remote-signature').detail).toMatch(/another request/);
});

test('our own request reflected', async () => {
  await fakeRemote(({ headers, body }, response) => {
    sendJson(response, 200, {
      id: headers['webhook-id'],
      timestamp: Number(headers['webhook-timestamp']),
      signature: headers['webhook-signature'],
      payload: body,
    });
  });
  const report = await testAgainst(FAKE_URL);
  expect(troubles(report)).toEqual(['remote-signature: failed']);
  expect(checkOf(report, 'remote-signature').detail).toMatch(/our own request/i);
});

test('a clock that is off by ten minutes', async () => {
  await addConnection(sites.south, sites.north, SOUTH_KEYS);
  sites.south.setFaults({ skewMs: 600_000 });
  const report = await testAgainst(await endpointUrl(sites.south));
  expect(troubles(report)).toEqual(['remote-clock: failed']);
  const there = new Date(sites.sandbox.clock.now() + 600_000).toISOString();
  expect(checkOf(report, 'remote-clock').detail).toContain(there);
});

test('a clock that is off by three minutes is a warning', async () => {
  await addConnection(sites.south, sites.north, SOUTH_KEYS);
  sites.south.setFaults({ skewMs: -180_000 });
  const report = await testAgainst(await endpointUrl(sites.south));
  expect(troubles(report)).toEqual(['remote-clock: warning']);
  expect(checkOf(report, 'remote-clock').detail).toContain('180 s apart');
});

test('the remote’s app is uninstalled', async () => {
  await addConnection(sites.south, sites.north, SOUTH_KEYS);
  const url = await endpointUrl(sites.south);
  sites.south.setFaults({ uninstalled: true });
  const report = await testAgainst(url);
  expect(troubles(report)).toEqual(['remote-reachable: failed']);
  expect(checkOf(report, 'remote-reachable').detail).toMatch(/424/);
});

test.each([
  ['refuses ours', { status: 409, code: 'protocol', title: 'Unknown version.', protocols: [2] }],
  ['answers all the same', { ...PONG, protocols: [2] }],
])('a remote that speaks another protocol version and %s', async (_how, members) => {
  await fakeRemote((request, response) =>
    sendSigned(response, request, GENERATED.south, STRANGER, { protocol: 2, ...members }),
  );
  const report = await testAgainst(FAKE_URL);
  expect(troubles(report)).toEqual(['remote-protocol: failed']);
  expect(checkOf(report, 'remote-protocol').detail).toMatch(/no common protocol version/);
  for (const id of ['remote-reachable', 'remote-key', 'remote-signature'] as const) {
    expect(checkOf(report, id).status).toBe('passed');
  }
});

test('another site than before answers, with the same key', async () => {
  const { id } = await addConnection(sites.north, sites.south, NORTH_KEYS);
  await addConnection(sites.south, sites.north, SOUTH_KEYS);
  expect(troubles(await succeed(sites.north, 'connections/test', { id }))).toEqual([]);
  await fakeRemote(
    (request, response) =>
      sendSigned(response, request, GENERATED.south, STRANGER, {
        ...PONG,
        now: sites.sandbox.clock.now(),
      }),
    new URL(await endpointUrl(sites.south)).host,
  );
  // What is known of the remote does not change because somebody else answers.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const report = await succeed(sites.north, 'connections/test', { id });
    expect(troubles(report)).toEqual(['remote-site: failed']);
    const { detail } = checkOf(report, 'remote-site');
    expect(detail).toContain(STRANGER);
    expect(detail).toContain(sites.south.identity.cloudId);
  }
});

test('a remote that refuses because it is bound to another site', async () => {
  await fakeRemote((request, response) =>
    sendSigned(response, request, GENERATED.south, STRANGER, {
      status: 409,
      code: 'wrong-site',
      title: 'The request is not between the two sites of this key.',
    }),
  );
  const report = await testAgainst(FAKE_URL);
  expect(troubles(report)).toEqual(['remote-site: failed']);
  expect(checkOf(report, 'remote-site').detail).toMatch(
    /not the site .* or it takes us for another/,
  );
});

// The report blames the signature instead (remote-signature: failed): the client takes its own site's
// answer for a reflected request before anybody asks which site it is.
test('an address that leads back to this site', async () => {
  // Two connections that are each other's remote, by the second name of this site's own endpoint.
  const url = new URL(await endpointUrl(sites.north));
  url.host = `${sites.north.identity.aliasId}.webtrigger.atlassian.app`;
  const remoteUrl = url.href;
  await addConnection(sites.north, sites.south, SOUTH_KEYS, {
    name: 'The other end',
    localUser: 'app',
    remoteUrl,
  });
  const report = await testAgainst(remoteUrl);
  expect(troubles(report)).toEqual(['remote-site: failed']);
  expect(checkOf(report, 'remote-site').detail).toMatch(/leads back to this site/);
});
