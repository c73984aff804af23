/**
 * The platform's budgets: the last call that fits passes, the next one is refused as the platform refuses,
 * and when the window is over it passes again. Sources are with the numbers, in `limits.ts` and
 * `kvs-limits.ts`; what is [2nd] or UNVERIFIED of it is in PARITY.md, "Budgets and faults".
 */
import type { Sandbox, Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';
import { account } from '../support/sites';

const MYSELF = '/rest/api/3/myself';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let sandbox: Sandbox;
let north: Site;
let south: Site;

beforeEach(async () => {
  // At the full hour of UTC: nothing that is fixed on the clock is cut short.
  sandbox = await startFixture();
  [north, south] = [sandbox.site('north'), sandbox.site('south')];
  expect(sandbox.clock.now() % HOUR).toBe(0);
});

afterEach(() => sandbox.dispose());

const advance = (ms: number): Promise<void> => sandbox.clock.advance(ms);

const times = (count: number, status: number): number[] => Array<number>(count).fill(status);

/** How many of so many invocations at once run, by that user if one is named. */
async function invoked(site: Site, count: number, accountId?: string): Promise<number> {
  const calls = Array.from({ length: count }, () => site.invoke('echo', 1, { accountId }));
  const ended = await Promise.allSettled(calls);
  return ended.filter(({ status }) => status === 'fulfilled').length;
}

/** As many in each of some seconds. */
async function invokedOver(seconds: number, each: number, accountId?: string): Promise<number> {
  let count = 0;
  for (let second = 0; second < seconds; second += 1) {
    count += await invoked(north, each, accountId);
    await advance(1_000);
  }
  return count;
}

const REFUSED = 'There was an error invoking the function - Too many requests.';

function people(site: Site, count: number): string[] {
  const accounts = site.jira
    .users()
    .filter(({ active, accountType }) => active && accountType === 'atlassian')
    .map(({ accountId }) => accountId);
  expect(accounts.length).toBeGreaterThanOrEqual(count);
  return accounts.slice(0, count);
}

const store = (call: object): Promise<unknown> => north.invoke('store', call);
const limited = (code: string) => ({ error: { type: 'ForgeKvsAPIError', code, status: 429 } });
const text = (bytes: number): string => 'x'.repeat(bytes);

describe('invocations (Forge: Invocation limits)', () => {
  test('1,200 a minute of a user, to the full minute', async () => {
    const other = account(north, 'sync');
    await advance(50_000);
    expect(await invokedOver(5, 240)).toBe(1_200);
    await expect(north.invoke('echo', 1)).rejects.toThrow(REFUSED);
    expect(await invoked(north, 1, other)).toBe(1);
    expect(await invoked(south, 1)).toBe(1);
    await advance(5_000);
    expect(await invoked(north, 1)).toBe(1);
  });
});

describe('key-value store (Forge: KVS and Custom Entity Store limits)', () => {
  test('1,000 requests a second of an installation', async () => {
    expect(await store({ call: 'set-often', key: 'key', times: 999 })).toEqual({});
    expect(await store({ call: 'get', key: 'key' })).toEqual({ value: 1 });
    expect(await store({ call: 'get', key: 'key' })).toMatchObject(limited('RATE_LIMIT_EXCEEDED'));
    expect(await store({ call: 'set', key: 'key' })).toMatchObject(limited('RATE_LIMIT_EXCEEDED'));
    expect(await store({ call: 'transact', key: 'key' })).toMatchObject(
      limited('TOO_MANY_REQUESTS'),
    );
    expect(await south.invoke('store', { call: 'get', key: 'key' })).toEqual({});
    await advance(1_000);
    expect(await store({ call: 'get', key: 'key' })).toEqual({ value: 1 });
  });

  test('4,000 units written a minute, of 10 KB of a request', async () => {
    // 20 units each: 200,000 bytes with what the request has around the value.
    const value = text(199_900);
    for (let second = 0; second < 40; second += 1) {
      for (const key of ['a', 'b', 'c', 'd', 'e']) {
        expect(await store({ call: 'set', key, value })).toEqual({});
      }
      await advance(1_000);
    }
    expect(north.stats.snapshot().kvsUnits).toEqual({ read: 0, write: 4_000 });
    expect(await store({ call: 'set', key: 'f' })).toMatchObject(limited('RATE_LIMIT_EXCEEDED'));
    expect(await store({ call: 'batch-set', key: 'f' })).toMatchObject(
      limited('RATE_LIMIT_EXCEEDED'),
    );
    expect(await store({ call: 'transact', key: 'f' })).toMatchObject(limited('TOO_MANY_REQUESTS'));
    expect(north.kvs.dump().plain.map(([key]) => key)).toEqual(['a', 'b', 'c', 'd', 'e']);
    // Reads are another budget.
    expect(await store({ call: 'get', key: 'f' })).toEqual({});
    await advance(20_000);
    expect(await store({ call: 'set', key: 'f' })).toEqual({});
  });

  test('4,000 units read a minute, of 10 KB of an answer, one for nothing', async () => {
    await store({ call: 'set', key: 'large', value: text(200_000) });
    await store({ call: 'set', key: 'exact', value: text(9_900) });
    const read = async (key: string) => {
      const before = north.stats.snapshot().kvsUnits.read;
      await store({ call: 'get', key });
      return north.stats.snapshot().kvsUnits.read - before;
    };
    expect([await read('large'), await read('exact'), await read('none')]).toEqual([21, 1, 1]);
    for (let second = 0; second < 10; second += 1) {
      for (let count = 0; count < 18; count += 1) await store({ call: 'get', key: 'large' });
      await advance(1_000);
    }
    for (let count = 0; count < 9; count += 1) await store({ call: 'get', key: 'large' });
    // 4,000 - 23 - 189 * 21 = 8 are left.
    for (let count = 0; count < 8; count += 1) {
      expect(await store({ call: 'get', key: 'none' })).toEqual({});
    }
    expect(await store({ call: 'get', key: 'none' })).toMatchObject(limited('RATE_LIMIT_EXCEEDED'));
    expect(await store({ call: 'query', key: '' })).toMatchObject(limited('RATE_LIMIT_EXCEEDED'));
    expect(await store({ call: 'set', key: 'none' })).toEqual({});
    await advance(50_000);
    expect(await store({ call: 'get', key: 'none' })).toEqual({ value: 1 });
  });
});

test('the fault that lifts them lifts all (Sandbox: budgets)', async () => {
  north.setFaults({ budgets: false });
  await Promise.all(Array.from({ length: 400 }, () => north.invoke('echo', 1)));
  expect(await north.invoke('store', { call: 'set-often', key: 'key', times: 1_001 })).toEqual({});
  const asked = { as: 'app', path: MYSELF, times: 101 };
  expect(await north.invoke('jira-often', asked)).toEqual(times(101, 200));
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('300 a second of an installation, whoever calls', async () => {
    expect(await invoked(north, 299)).toBe(299);
    expect(await invoked(north, 2, account(north, 'sync'))).toBe(1);
    await expect(north.invoke('echo', 1)).rejects.toThrow(REFUSED);
    expect(await invoked(south, 1)).toBe(1);
    await advance(999);
    expect(await invoked(north, 1)).toBe(0);
    await advance(1);
    expect(await invoked(north, 301)).toBe(300);
  });

  test('7,000 a minute of an installation', async () => {
    const users = ['admin', 'sync', 'limited', 'alice', 'bob', 'carol'];
    let count = 0;
    for (const user of people(north, users.length)) count += await invokedOver(5, 233, user);
    expect(count).toBe(6 * 5 * 233);
    expect(await invoked(north, 11, people(north, 1)[0])).toBe(10);
    await advance(MINUTE / 2);
    expect(await invoked(north, 1)).toBe(1);
  });

  test('a caller of the web trigger gets 429 and when to come again', async () => {
    const url = (await north.invoke('url', { key: 'hook' })) as string;
    const ask = () => fetch(north.url + new URL(url).pathname);
    await invoked(north, 298);
    expect((await ask()).status).toBe(201);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'x-ratelimit-limit': '300',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(sandbox.clock.now() / 1_000 + 1),
    });
    await advance(1_000);
    expect((await ask()).status).toBe(201);
  });

  test('45 batches a minute of an installation', async () => {
    for (let count = 0; count < 45; count += 1) {
      expect(await store({ call: 'batch-set', key: `key-${count}` })).not.toHaveProperty('error');
    }
    expect(await store({ call: 'batch-set', key: 'one-more' })).toMatchObject(
      limited('RATE_LIMIT_EXCEEDED'),
    );
    // Only batches: a single write goes on.
    expect(await store({ call: 'set', key: 'alone' })).toEqual({});
    await advance(MINUTE);
    expect(await store({ call: 'batch-set', key: 'one-more' })).not.toHaveProperty('error');
  });

  test('1 MB a second written of one key', async () => {
    const write = (key: string, call = 'set') => store({ call, key, value: text(199_998) });
    for (let count = 0; count < 5; count += 1) expect(await write('key')).toEqual({});
    for (const call of ['set', 'batch-set', 'transact']) {
      expect(await write('key', call)).toMatchObject(limited('REQUEST_THROTTLED'));
    }
    expect(await write('other')).toEqual({});
    await advance(1_000);
    expect(await write('key')).toEqual({});
  });

  test('12 MB a second read of one key', async () => {
    for (const key of ['key', 'other']) await store({ call: 'set', key, value: text(199_998) });
    for (let count = 0; count < 60; count += 1) {
      expect(await store({ call: 'get', key: 'key' })).toMatchObject({ value: {} });
    }
    expect(await store({ call: 'get', key: 'key' })).toMatchObject(limited('REQUEST_THROTTLED'));
    expect(await store({ call: 'get', key: 'other' })).toMatchObject({ value: {} });
    await advance(1_000);
    expect(await store({ call: 'get', key: 'key' })).toMatchObject({ value: {} });
  });

  test('24 MB a second queried of one index value', async () => {
    for (let key = 0; key < 10; key += 1) {
      await store({ call: 'set', key: `key${key}`, value: text(199_000) });
    }
    for (let count = 0; count < 12; count += 1) {
      expect(await store({ call: 'query', key: '' })).toMatchObject({ value: {} });
    }
    expect(await store({ call: 'query', key: '' })).toMatchObject(limited('REQUEST_THROTTLED'));
    await advance(1_000);
    expect(await store({ call: 'query', key: '' })).toMatchObject({ value: {} });
  });

  test('1,000 impersonations a minute of the app, on all its sites together', async () => {
    const PROJECTS = '/rest/api/3/project/search';
    const as = (site: Site, count: number) =>
      site.invoke('jira-often', {
        as: { accountId: account(site, 'sync') },
        path: PROJECTS,
        times: count,
      });
    for (let second = 0; second < 5; second += 1) {
      expect(await as(north, 100)).toEqual(times(100, 200));
      expect(await as(south, 100)).toEqual(times(100, 200));
      await advance(1_000);
    }
    expect(await as(north, 1)).toEqual([429]);
    const asked = { as: { accountId: account(south, 'sync') }, path: PROJECTS };
    expect(await south.invoke('jira', asked)).toMatchObject({ name: 'PROXY_ERR', status: 429 });
    expect(await north.invoke('jira-often', { as: 'app', path: PROJECTS, times: 1 })).toEqual([
      200,
    ]);
    await advance(55_000);
    expect(await as(north, 1)).toEqual([200]);
  });
});
