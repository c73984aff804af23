/** The HTTP surface of a site: `/_sandbox/*`, the REST API, who may ask. */
import type { Sandbox, Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';

let sandbox: Sandbox;
let north: Site;

beforeEach(async () => {
  sandbox = await startFixture();
  north = sandbox.site('north');
});

afterEach(() => sandbox.dispose());

interface Answer {
  status: number;
  body: unknown;
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(north.url + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) as unknown };
}

describe('invoke', () => {
  test('answers the value, as the site’s admin if nobody is named', async () => {
    const { body } = await ask('POST', '/_sandbox/invoke', { functionKey: 'context' });
    expect(body).toMatchObject({ value: { accountId: north.jira.siteAdmin().accountId } });
  });

  test('or as the user and page that are named', async () => {
    const accountId = north.jira.findUserByEmail('sync@north.example')?.accountId;
    const { body } = await ask('POST', '/_sandbox/invoke', {
      functionKey: 'context',
      payload: {},
      accountId,
      module: 'other-page',
    });
    expect(body).toMatchObject({ value: { accountId, moduleKey: 'other-page' } });
  });

  test('answers an error as the page sees it', async () => {
    const { body } = await ask('POST', '/_sandbox/invoke', { functionKey: 'nope' });
    expect(body).toEqual({
      error: {
        message:
          "There was an error invoking the function - Resolver has no definition for 'nope'.",
      },
    });
  });
});

test('stats count, and can be reset', async () => {
  await north.invoke('set', { key: 'key', value: 1 });
  await north.invoke('get', { key: 'key' });
  const counted = { kvs: { read: 1, write: 1 }, jira: { calls: 0, points: 0 } };
  const units = { kvsUnits: { read: 1, write: 1 }, faults: {} };
  const all = { ...counted, egress: 0, queue: 0, invocations: 2, ...units };
  expect(await ask('GET', '/_sandbox/stats')).toEqual({ status: 200, body: all });
  const { body } = await ask('DELETE', '/_sandbox/stats');
  expect(body).toMatchObject({ kvs: { read: 0, write: 0 }, invocations: 0 });
});

test('faults are merged, null takes one back, the answer has all', async () => {
  await ask('POST', '/_sandbox/faults', { skewMs: 5, kill: { call: 2, when: 'after' } });
  const { body } = await ask('POST', '/_sandbox/faults', { distribution: 'none' });
  expect(body).toMatchObject({
    distribution: 'none',
    skewMs: 5,
    kill: { call: 2, when: 'after' },
    lagMs: 0,
  });
  const cleared = await ask('POST', '/_sandbox/faults', { kill: null, skewMs: null });
  expect(cleared.body).toMatchObject({ distribution: 'none', skewMs: 0 });
  expect(cleared.body).not.toHaveProperty('kill');
});

test('null is back to what the sandbox was started with', async () => {
  const started = await startFixture({ sites: ['slow'], lagMs: 300, latencyMs: 7 });
  try {
    north = started.site('slow');
    const changed = await ask('POST', '/_sandbox/faults', { lagMs: 0, latencyMs: 0, skewMs: 5 });
    expect(changed.body).toMatchObject({ lagMs: 0, latencyMs: 0, skewMs: 5 });
    const back = await ask('POST', '/_sandbox/faults', { lagMs: null, latencyMs: null });
    expect(back.body).toMatchObject({ lagMs: 300, latencyMs: 7, skewMs: 5 });
  } finally {
    await started.dispose();
  }
});

test('the clock moves for all sites', async () => {
  const before = sandbox.clock.now();
  const { body } = await ask('POST', '/_sandbox/clock', { advanceMs: 61_000 });
  expect(sandbox.clock.now()).toBe(before + 61_000);
  expect(body).toEqual({ now: new Date(before + 61_000).toISOString() });
});

test('idle answers when nothing runs and queries see everything', async () => {
  expect(await ask('POST', '/_sandbox/idle')).toMatchObject({ status: 200 });
  north.setFaults({ lagMs: 1_000 });
  const running = north.invoke('pause', { ms: 500 });
  await sandbox.settled();
  let idle = false;
  const waiting = ask('POST', '/_sandbox/idle').then(() => (idle = true));
  await sandbox.clock.advance(500);
  await running;
  const lagMs = north.kvs.settledAt() - sandbox.clock.now();
  expect(lagMs).toBeGreaterThan(0);
  await sandbox.settled();
  expect(idle).toBe(false);
  await sandbox.clock.advance(lagMs);
  await waiting;
});

test.each([
  ['GET', '/_sandbox/invoke', undefined, 405],
  ['POST', '/_sandbox/nope', {}, 404],
  ['POST', '/_sandbox/invoke', '{', 400],
  ['POST', '/_sandbox/invoke', { payload: 1 }, 400],
  ['POST', '/_sandbox/faults', { nope: 1 }, 400],
  ['POST', '/_sandbox/faults', { skewMs: 'x' }, 400],
  ['POST', '/_sandbox/clock', { advanceMs: -1 }, 400],
])('%s %s with %j is refused in JSON', async (method, path, body, status) => {
  expect(await ask(method, path, body)).toEqual({
    status,
    body: { error: { message: expect.any(String) as string } },
  });
});

describe('the REST API', () => {
  const MYSELF = '/rest/api/3/myself';
  const basic = (email: string) => ({
    Authorization: `Basic ${Buffer.from(`${email}:token`).toString('base64')}`,
  });

  test('basic auth chooses the user, nothing is the admin', async () => {
    expect(await ask('GET', MYSELF)).toMatchObject({
      body: { accountId: north.jira.siteAdmin().accountId },
    });
    expect(await ask('GET', MYSELF, undefined, basic('sync@north.example'))).toMatchObject({
      body: { emailAddress: 'sync@north.example' },
    });
  });

  test('unknown and inactive accounts are 401', async () => {
    const inactive = north.jira.users().find(({ active }) => !active)?.emailAddress ?? '';
    for (const email of ['nobody@north.example', inactive]) {
      const { status } = await fetch(north.url + MYSELF, { headers: basic(email) });
      expect(status).toBe(401);
    }
  });

  test('the acting-as cookie of the site’s own pages chooses too', async () => {
    const accountId = north.jira.findUserByEmail('sync@north.example')?.accountId ?? '';
    const cookie = (site: string) => ({ Cookie: `x=1; acting-as-${site}=${accountId}` });
    expect(await ask('GET', MYSELF, undefined, cookie('north'))).toMatchObject({
      body: { accountId },
    });
    expect(await ask('GET', MYSELF, undefined, cookie('south'))).toMatchObject({
      body: { accountId: north.jira.siteAdmin().accountId },
    });
  });
});

describe('a page of another origin', () => {
  const other = { Origin: 'https://example.com' };
  // As a browser tells it of a request that has no `Origin`, from the other site's port too.
  const otherPort = { 'Sec-Fetch-Site': 'same-site' };
  const status = async (path: string, init: RequestInit): Promise<number> =>
    (await fetch(north.url + path, { redirect: 'manual', ...init })).status;

  test.each([
    ['POST', '/_sandbox/invoke'],
    ['GET', '/_sandbox/stats'],
    ['HEAD', '/_sandbox/stats'],
    ['GET', '/rest/api/3/myself'],
    ['POST', '/rest/api/3/permissions/check'],
    ['POST', '/_host/acting-as'],
    ['POST', '/'],
    ['OPTIONS', '/admin'],
  ])('may not %s %s', async (method, path) => {
    expect(await status(path, { method, headers: other })).toBe(403);
    expect(await status(path, { method, headers: otherPort })).toBe(403);
    expect(await status(path, { method, headers: { Origin: north.url } })).not.toBe(403);
  });

  test.each(['/', '/admin', '/_host/site.css'])('may read %s', async (path) => {
    expect(await status(path, { headers: other })).toBe(200);
    expect(await status(path, { headers: otherPort })).toBe(200);
  });

  test('may call a web trigger', async () => {
    const url = new URL(String(await north.invoke('url', { key: 'hook' })));
    const status = (await fetch(north.url + url.pathname, { method: 'POST', headers: other }))
      .status;
    expect(status).not.toBe(403);
    expect(north.stats.snapshot().invocations).toBe(2);
  });
});
