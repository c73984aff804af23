/** What Test says of a remote that is not in order, each in its own words. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
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
import type { TestReport } from '../../src/connection/connection-test/report';

const FAKE_HOST = '11111111-2222-4333-8444-555555555555.webtrigger.atlassian.app';
const FAKE_URL = `https://${FAKE_HOST}/public/fake`;
const NORTH_KEYS = { local: GENERATED.north, remote: GENERATED.south };
const SOUTH_KEYS = { local: GENERATED.south, remote: GENERATED.north };

let sites: TwoSites;
let server: Server | undefined;

beforeEach(async () => {
  sites = await startTwoSites();
});

afterEach(async () => {
  await sites.sandbox.dispose();
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

interface Received {
  headers: Record<string, string>;
  body: string;
}

/** A remote of the test's own, at `FAKE_URL`. */
async function fakeRemote(
  respond: (request: Received, response: ServerResponse) => void | Promise<void>,
): Promise<void> {
  const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    await respond({ headers, body: Buffer.concat(chunks).toString('utf8') }, response);
  };
  server = createServer((request, response) => void listener(request, response));
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  sites.sandbox.mapHost(FAKE_HOST, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
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

const json = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
};

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
])('status %i', async (status, words) => {
  await fakeRemote((_request, response) => void response.writeHead(status).end());
  const report = await testAgainst(FAKE_URL);
  expect(troubles(report)).toEqual(['remote-reachable: failed']);
  expect(checkOf(report, 'remote-reachable').detail).toMatch(words);
});

test('an answer without a signature', async () => {
  await fakeRemote((_request, response) => json(response, 200, '{"status":200,"kind":"answer"}'));
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
    json(response, status, JSON.stringify({ ...envelope, signature }));
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
    json(response, recorded.status, recorded.body);
  });
  const { id } = await addConnection(sites.north, sites.south, NORTH_KEYS, { remoteUrl: FAKE_URL });
  expect(troubles(await succeed(sites.north, 'connections/test', { id }))).toEqual([]);
  const report = await succeed(sites.north, 'connections/test', { id });
  expect(troubles(report)).toEqual(['remote-signature: failed']);
  expect(checkOf(report, 'remote-signature').detail).toMatch(/another request/);
});

test('our own request reflected', async () => {
  await fakeRemote(({ headers, body }, response) => {
    json(
      response,
      200,
      JSON.stringify({
        id: headers['webhook-id'],
        timestamp: Number(headers['webhook-timestamp']),
        signature: headers['webhook-signature'],
        payload: body,
      }),
    );
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
