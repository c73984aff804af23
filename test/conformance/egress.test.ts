/** `fetch` of the app: what the real `@forge/egress` lets out, and all that the app sees of the rest. */
import { createServer, type AddressInfo } from 'node:net';
import type { Sandbox, Site } from '../../sandbox';
import { RemoteServer, startFixture, type Respond } from '../support/fixture-sandbox';
import { consumed, event, push } from '../support/queue-calls';

const HOST = 'remote.webtrigger.atlassian.app';
const URL_OUT = `https://${HOST}/path`;

let sandbox: Sandbox;
let north: Site;
let remote: RemoteServer | undefined;

beforeEach(async () => {
  sandbox = await startFixture();
  north = sandbox.site('north');
});

afterEach(async () => {
  await sandbox.dispose();
  await remote?.close();
  remote = undefined;
});

async function serve(respond: Respond, host = HOST): Promise<void> {
  remote ??= await RemoteServer.start(respond);
  sandbox.mapHost(host, remote.base);
}

const redirect: Respond = (request, response) => {
  const path = request.url ?? '';
  if (path === '/path') response.writeHead(307, { Location: '/next' }).end();
  else if (path === '/see-other') response.writeHead(303, { Location: '/next' }).end();
  else if (path === '/out') response.writeHead(302, { Location: 'https://example.com/' }).end();
  else if (path === '/loop') response.writeHead(302, { Location: '/loop' }).end();
  else response.end(`${request.method ?? ''} ${path}`);
};
const at = (path: string): string => `https://${HOST}${path}`;

const fetchAsApp = (request: object): Promise<unknown> => north.invoke('fetch', request);

const NOT_LET_OUT = { status: 403 };

test.each([
  'https://example.com/',
  'http://remote.webtrigger.atlassian.app/',
  'https://webtrigger.atlassian.app/',
  'https://remote.webtrigger.atlassian.app:8443/',
  'https://remote.webtrigger.atlassian.app.example.com/',
  'https://example.com/?https://remote.webtrigger.atlassian.app/',
  'https://example.com\\.webtrigger.atlassian.app/',
  'http://localhost:7101/',
  'http://127.0.0.1:7101/rest/api/3/myself',
  'https://192.168.0.1/',
])('%s is not let out (Forge: Permissions, external permissions)', async (url) => {
  let asked = 0;
  await serve((_request, response) => {
    asked += 1;
    response.end();
  }, new URL(url).host);
  expect(await fetchAsApp({ url })).toMatchObject(NOT_LET_OUT);
  expect(asked).toBe(0);
});

test('an allowed host gets the request as it was made (Forge: Fetch API)', async () => {
  const seen: unknown[] = [];
  await serve((request, response) => {
    request.setEncoding('utf8').on('data', (body) => {
      seen.push([request.method, request.url, request.headers['x-custom'], body]);
      response.writeHead(418, { 'X-Answer': 'yes' }).end('tea');
    });
  });
  const answer = await fetchAsApp({
    url: `${URL_OUT}?q=1`,
    method: 'POST',
    headers: { 'X-Custom': 'yes' },
    body: 'sent',
  });
  expect(seen).toEqual([['POST', '/path?q=1', 'yes', 'sent']]);
  expect(answer).toMatchObject({ status: 418, body: 'tea', headers: { 'x-answer': 'yes' } });
});

test('an address of the manifest without a wildcard (Forge: Permissions, external permissions)', async () => {
  await serve((_request, response) => response.end('ok'), 'api.example.com');
  expect(await fetchAsApp({ url: 'https://api.example.com/x' })).toMatchObject({ body: 'ok' });
});

describe('a host that hangs (Forge: Invocation limits)', () => {
  test('hangs until the app’s own time-out', async () => {
    await serve(() => undefined);
    let ended = false;
    const calling = fetchAsApp({ url: URL_OUT, timeoutMs: 10_000 }).finally(() => (ended = true));
    await requested();
    await sandbox.clock.advance(9_999);
    expect(ended).toBe(false);
    await sandbox.clock.advance(1);
    expect(await calling).toMatchObject({ name: 'TimeoutError' });
  });

  test('or until the invocation’s limit', async () => {
    await serve(() => undefined);
    const calling = fetchAsApp({ url: URL_OUT });
    const refused = expect(calling).rejects.toThrow(/timed out/);
    await requested();
    await sandbox.clock.advance(25_000);
    await refused;
  });
});

test('nothing is waited for longer than 180 seconds, in long functions (Forge: Invocation limits)', async () => {
  north.setFaults({ rules: [{ service: 'egress', fault: { kind: 'hang' } }] });
  const fetching = event({ do: 'fetch', url: 'https://api.example.com/', times: 1 });
  await push(north, fetching, 'long-work');
  const failed = (): boolean => north.logs.some((line) => line.includes('fetch failed'));
  await sandbox.clock.advance(0);
  expect(consumed(north)).toHaveLength(1);
  await sandbox.clock.advance(179_999);
  expect(failed()).toBe(false);
  await sandbox.clock.advance(1);
  expect(failed()).toBe(true);
});

describe('redirects (HTTP: Fetch Standard, HTTP-redirect fetch)', () => {
  beforeEach(() => serve(redirect));

  test('are followed, with the method that HTTP says', async () => {
    const post = { method: 'POST', body: 'x' };
    expect(await fetchAsApp({ url: URL_OUT, ...post })).toMatchObject({
      body: 'POST /next',
    });
    expect(await fetchAsApp({ url: at('/see-other'), ...post })).toMatchObject({
      body: 'GET /next',
    });
  });

  test('are left to an app that says so', async () => {
    expect(await fetchAsApp({ url: URL_OUT, redirect: 'manual' })).toMatchObject({
      status: 307,
      headers: { location: '/next' },
    });
    expect(await fetchAsApp({ url: URL_OUT, redirect: 'error' })).toMatchObject({
      message: 'fetch failed',
    });
  });

  test('end', async () => {
    expect(await fetchAsApp({ url: at('/loop') })).toMatchObject({ message: 'fetch failed' });
  });
});

test('an endpoint of another site, and the alias of one’s own, over real HTTP (Sandbox: a site)', async () => {
  const south = sandbox.site('south');
  const theirs = String(await south.invoke('url', { key: 'hook' }));
  const ours = new URL(String(await north.invoke('url', { key: 'hook' })));
  ours.hostname = `${north.identity.aliasId}.webtrigger.atlassian.app`;
  for (const url of [theirs, ours.href]) {
    const answer = (await fetchAsApp({ url, method: 'POST', body: 'hello' })) as { body: string };
    const { request } = JSON.parse(answer.body) as {
      request: { body: string };
    };
    expect(request.body).toBe('hello');
  }
  expect(north.traffic.map(({ direction }) => direction)).toEqual(['out', 'out', 'in']);
  expect(south.traffic).toHaveLength(1);
});

test('what was sent and answered is recorded (Sandbox: in tests)', async () => {
  await serve((_request, response) => response.end('answer'));
  await fetchAsApp({ url: URL_OUT, method: 'POST', headers: { 'X-A': 'b' }, body: 'sent' });
  expect(north.traffic).toEqual([
    expect.objectContaining({
      direction: 'out',
      url: URL_OUT,
      requestBody: 'sent',
      status: 200,
      responseBody: 'answer',
    }),
  ]);
  expect(north.traffic[0]?.requestHeaders).toContainEqual(['x-a', 'b']);
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('a refusal has the platform’s own header [2nd]', async () => {
    expect(await fetchAsApp({ url: 'https://example.com/' })).toMatchObject({
      status: 403,
      headers: { 'forge-proxy-error': 'BLOCKED_EGRESS' },
    });
  });

  test('redirects lead nowhere that the manifest does not allow', async () => {
    await serve(redirect);
    expect(await fetchAsApp({ url: at('/out') })).toMatchObject(NOT_LET_OUT);
  });

  test('redirects count as calls', async () => {
    await serve(redirect);
    const statuses = await north.invoke('fetch-often', { url: URL_OUT, times: 51 });
    expect(statuses).toEqual([...Array<number>(50).fill(200), 429]);
  });

  describe('a dead host', () => {
    const FAILED = { name: 'TypeError', message: 'fetch failed', hasCause: false };

    test('one that nobody has is a fetch error without a reason', async () => {
      expect(await fetchAsApp({ url: URL_OUT })).toEqual(FAILED);
    });

    test('so is one that refuses the connection, and one that breaks it off', async () => {
      await serve((request) => request.socket.destroy());
      expect(await fetchAsApp({ url: URL_OUT })).toEqual(FAILED);
      await remote?.close();
      expect(await fetchAsApp({ url: URL_OUT })).toEqual(FAILED);
      remote = undefined;
    });

    test('on demand it is the proxy’s 503', async () => {
      north.setFaults({ deadHost: 'proxy-status' });
      expect(await fetchAsApp({ url: URL_OUT })).toMatchObject({
        status: 503,
        headers: { 'x-squid-error': 'ERR_CONNECT_FAIL 0' },
      });
    });
  });

  test.each(['http', 'net', 'tls'])(
    'node:%s does not get out (Forge: Runtime egress permissions, which name fetch)',
    async (module) => {
      let connections = 0;
      const server = createServer(() => (connections += 1));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const outcome = await north.invoke('open-socket', { module, port });
      server.close();
      expect(outcome).toMatch(/what leaves it leaves by fetch/);
      expect(connections).toBe(0);
      expect(north.violations).toHaveLength(1);
    },
  );

  test('a hundred calls a minute and invocation, and no more (documented; the answer is a guess)', async () => {
    await serve((_request, response) => response.end());
    const statuses = await north.invoke('fetch-often', { url: URL_OUT, times: 101 });
    expect(statuses).toEqual([...Array<number>(100).fill(200), 429]);
    expect(north.stats.snapshot().egress).toBe(101);
    expect(await fetchAsApp({ url: URL_OUT })).toMatchObject({ status: 200 });
  });
});

/** Waits until the app waits for the remote and nothing else. */
async function requested(): Promise<void> {
  while (north.traffic.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  await sandbox.settled();
}
