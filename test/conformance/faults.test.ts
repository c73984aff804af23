/**
 * Faults on demand: what the app sees of each through the real SDKs, whether the call had its effect, and
 * that the same seed gives the same faults. What the answers rest on is in PARITY.md, "Budgets and faults".
 */
import type { Sandbox, Site } from '../../sandbox';
import type { FaultChanges } from '../../sandbox/faults';
import { RemoteServer, startFixture } from '../support/fixture-sandbox';

type Rule = NonNullable<FaultChanges['rules']>[number];
type Service = 'kvs' | 'jira' | 'egress' | 'stargate';
type CallFault = Extract<Rule, { service: Service }>['fault'];

const HOST = 'remote.webtrigger.atlassian.app';
const SERVICES: Service[] = ['kvs', 'jira', 'egress', 'stargate'];

let sandbox: Sandbox;
let north: Site;
let remote: RemoteServer;
let asked: { jira: number; egress: number };

beforeEach(async () => {
  asked = { jira: 0, egress: 0 };
  sandbox = await startFixture({ onJiraAnswer: () => (asked.jira += 1) });
  north = sandbox.site('north');
  remote = await RemoteServer.start((_request, response) => {
    asked.egress += 1;
    response.end('remote');
  });
  sandbox.mapHost(HOST, remote.base);
});

afterEach(async () => {
  await sandbox.dispose();
  await remote.close();
});

/** A call of each service by the app, with a time-out of its own where the SDK takes one. */
const CALLS: Record<Service, () => Promise<unknown>> = {
  kvs: () => north.invoke('store', { call: 'set', key: 'key' }),
  jira: () => north.invoke('jira', { as: 'app', path: '/rest/api/3/myself', timeoutMs: 10_000 }),
  egress: () => north.invoke('fetch', { url: `https://${HOST}/path`, timeoutMs: 10_000 }),
  stargate: () => north.invoke('url', { key: 'hook' }),
};

/** Whether that call reached its service. */
const HAPPENED: Record<Service, () => boolean> = {
  kvs: () => north.kvs.dump().plain.length === 1,
  jira: () => asked.jira === 1,
  egress: () => asked.egress === 1,
  stargate: () => north.endpointUrl() !== undefined,
};

/** What any call of a service can meet. */
type AnyCallFault = Exclude<CallFault, { kind: 'conflict' }>;

/** Once, on the next call of the service. */
function fault(service: Service, what: AnyCallFault): void {
  north.setFaults({ rules: [{ service, times: 1, fault: what }] });
}

/** What the call ends as: its value, or `{ thrown }` with the text that a page sees. */
const outcome = (call: Promise<unknown>): Promise<unknown> =>
  call.catch((error: unknown) => ({ thrown: (error as Error).message }));

function noUrl(statusText: string): object {
  return invocationFailed(`Internal error occurred: Failed to get web trigger URL: ${statusText}.`);
}

const invocationFailed = (message: string) => ({
  thrown: `There was an error invoking the function - ${message}`,
});

/** What the app sees of a 500 of the service. */
const FAILED_500: Record<Service, unknown> = {
  kvs: {
    error: {
      type: 'ForgeKvsAPIError',
      name: 'ForgeKvsError',
      code: 'INTERNAL_SERVER_ERROR',
      status: 500,
    },
  },
  jira: { status: 500, body: '{"errorMessages":["Internal server error"],"errors":{}}' },
  egress: { status: 500, body: '<html><body><h1>500</h1></body></html>' },
  stargate: noUrl('Internal Server Error'),
};

/** What it sees of an answer from a gateway in front of the service. */
const FAILED_503: Record<Service, unknown> = {
  kvs: { error: { type: 'ForgeKvsAPIError', code: 'UNKNOWN_ERROR', status: 503 } },
  jira: { status: 503, headers: { 'content-type': 'text/html', 'retry-after': '30' } },
  egress: { status: 503, headers: { 'content-type': 'text/html', 'retry-after': '30' } },
  stargate: noUrl('Service Unavailable'),
};

/** What it sees where no answer comes back. */
const LOST: Record<Service, unknown> = {
  kvs: { error: { type: 'TypeError', message: 'fetch failed' } },
  jira: { name: 'TypeError', message: 'fetch failed' },
  egress: { name: 'TypeError', message: 'fetch failed', hasCause: false },
  stargate: invocationFailed('fetch failed'),
};

/** What ends the wait for an answer that never comes. */
const HUNG: Record<Service, unknown> = {
  kvs: invocationFailed('Function timed out after 25 seconds.'),
  jira: { name: 'TimeoutError' },
  egress: { name: 'TimeoutError' },
  stargate: invocationFailed('Function timed out after 25 seconds.'),
};

const LIMITED: Record<Service, unknown> = {
  kvs: { error: { type: 'ForgeKvsAPIError', code: 'RATE_LIMIT_EXCEEDED', status: 429 } },
  jira: { status: 429, headers: { 'retry-after': '1', 'ratelimit-reason': 'jira-burst-based' } },
  egress: { status: 429 },
  stargate: noUrl('Too Many Requests'),
};

const WELL: Record<Service, unknown> = {
  kvs: {},
  jira: { status: 200 },
  egress: { status: 200, body: 'remote' },
  stargate: expect.stringContaining('https://') as unknown,
};

/** Waits for what only time ends. */
async function overTime(call: Promise<unknown>): Promise<unknown> {
  const ended = outcome(call);
  await sandbox.settled();
  await sandbox.clock.advance(25_000);
  return ended;
}

function expectSeen(seen: unknown, expected: unknown): void {
  if (typeof expected === 'object' && expected !== null && !('asymmetricMatch' in expected)) {
    expect(seen).toMatchObject(expected);
  } else expect(seen).toEqual(expected);
}

/** The rule has fired once: the next call is as ever. */
async function expectWell(service: Service): Promise<void> {
  expectSeen(await outcome(CALLS[service]()), WELL[service]);
}

describe.each(SERVICES)('a call of %s (Sandbox: rules)', (service) => {
  afterEach(() => expectWell(service));

  test.each(['before', 'after'] as const)('hangs %s its effect', async (when) => {
    fault(service, { kind: 'hang', when });
    expectSeen(await overTime(CALLS[service]()), HUNG[service]);
    expect(HAPPENED[service]()).toBe(when === 'after');
  });

  test('is refused for its rate', async () => {
    fault(service, { kind: 'rate-limit' });
    expectSeen(await outcome(CALLS[service]()), LIMITED[service]);
    expect(HAPPENED[service]()).toBe(false);
  });

  test('is late', async () => {
    fault(service, { kind: 'delay', ms: 3_000 });
    const call = outcome(CALLS[service]());
    await sandbox.settled();
    await sandbox.clock.advance(2_999);
    expect(HAPPENED[service]()).toBe(false);
    await sandbox.clock.advance(1);
    expectSeen(await call, WELL[service]);
    expect(HAPPENED[service]()).toBe(true);
  });
});

describe('a push to a queue (Package: @forge/events)', () => {
  const push = () => north.invoke('push', { queue: 'work', events: { body: {} } });

  test('fails as the SDK tells it', async () => {
    fault('stargate', { kind: 'fail' });
    expect(await push()).toMatchObject({
      error: 'InternalServerError',
      message: '500 Internal Server Error',
    });
  });

  test('is refused for its rate', async () => {
    fault('stargate', { kind: 'rate-limit', retryAfterS: 60 });
    expect(await push()).toMatchObject({ error: 'RateLimitError' });
  });

  test('has its effect although it failed, and is made once more for each copy', async () => {
    north.setFaults({
      rules: [
        { service: 'stargate', match: { path: 'publish' }, fault: { kind: 'fail', when: 'after' } },
        { service: 'queue', match: { name: '^work$' }, fault: { kind: 'duplicate', afterMs: 500 } },
      ],
    });
    expect(await push()).toMatchObject({ error: 'InternalServerError' });
    const consumed = () => north.logs.filter((line) => line.includes('consumed')).length;
    await sandbox.settled();
    expect(consumed()).toBe(1);
    await sandbox.clock.advance(500);
    await sandbox.settled();
    expect(consumed()).toBe(2);
  });
});

async function isLimitedWith(code: string): Promise<void> {
  fault('kvs', { kind: 'rate-limit', code } as AnyCallFault);
  expect(await CALLS.kvs()).toMatchObject({ error: { code, status: 429 } });
}

test.each(['RATE_LIMIT_EXCEEDED', 'TOO_MANY_REQUESTS'])(
  'the store’s code %s (Forge: Error handling for the Key-Value Store; KVS limits)',
  isLimitedWith,
);

test('a transaction that meets another one (Forge: Transactions)', async () => {
  north.setFaults({
    rules: [{ service: 'kvs', match: { operation: 'transaction' }, fault: { kind: 'conflict' } }],
  });
  expect(await north.invoke('store', { call: 'transact', key: 'key' })).toMatchObject({
    error: { code: 'CONDITIONAL_CHECK_FAILED', status: 400 },
  });
  expect(north.kvs.dump().plain).toEqual([]);
  expect(await CALLS.kvs()).toEqual({});
});

test('reasons and headers of a refusal (Jira: Rate limiting)', async () => {
  fault('jira', {
    kind: 'rate-limit',
    reason: 'jira-quota-tenant-based',
    retryAfterS: 1_847,
  });
  expect(await CALLS.jira()).toMatchObject({
    status: 429,
    headers: {
      'content-type': 'application/json',
      'retry-after': '1847',
      'x-ratelimit-limit': '65000',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': new Date(sandbox.clock.now() + 1_847_000)
        .toISOString()
        .replace('.000', ''),
      'x-ratelimit-nearlimit': 'true',
      'ratelimit-reason': 'jira-quota-tenant-based',
    },
  });
});

test('a call that is still delayed has no effect after its invocation (Sandbox: rules)', async () => {
  north.setFaults({ rules: [{ service: 'kvs', fault: { kind: 'delay', ms: 30_000 } }] });
  expectSeen(await overTime(CALLS.kvs()), HUNG.kvs);
  await sandbox.clock.advance(60_000);
  expect(HAPPENED.kvs()).toBe(false);
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  describe.each(SERVICES)('a call of %s', (service) => {
    afterEach(() => expectWell(service));

    test.each(['before', 'after'] as const)('fails %s its effect', async (when) => {
      fault(service, { kind: 'fail', when });
      expectSeen(await outcome(CALLS[service]()), FAILED_500[service]);
      expect(HAPPENED[service]()).toBe(when === 'after');
      asked = { jira: 0, egress: 0 };
    });

    test('fails in a gateway, with Retry-After', async () => {
      fault(service, { kind: 'fail', status: 503, retryAfterS: 30 });
      expectSeen(await outcome(CALLS[service]()), FAILED_503[service]);
      expect(HAPPENED[service]()).toBe(false);
    });

    test('has its effect, and the answer is lost', async () => {
      fault(service, { kind: 'lost-answer' });
      expectSeen(await outcome(CALLS[service]()), LOST[service]);
      expect(HAPPENED[service]()).toBe(true);
    });

    test.each(['before', 'after'] as const)('kills its invocation %s its effect', async (when) => {
      fault(service, { kind: 'kill', when });
      expect(await outcome(CALLS[service]())).toEqual(invocationFailed('Function was killed.'));
      expect(HAPPENED[service]()).toBe(when === 'after');
    });
  });

  test('the store’s code REQUEST_THROTTLED', () => isLimitedWith('REQUEST_THROTTLED'));
});
