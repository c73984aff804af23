/** Jira's limits on an app: the last call that fits passes, the next one is Jira's 429, and later it passes again. */
import type { Sandbox, Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';

const MYSELF = '/rest/api/3/myself';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let sandbox: Sandbox;
let north: Site;
let south: Site;

beforeEach(async () => {
  sandbox = await startFixture();
  [north, south] = [sandbox.site('north'), sandbox.site('south')];
});

afterEach(() => sandbox.dispose());

const advance = (ms: number): Promise<void> => sandbox.clock.advance(ms);

const often = async (count: number, path: string, more: object = {}): Promise<number[]> =>
  (await north.invoke('jira-often', { as: 'app', path, times: count, ...more })) as number[];

const ask = (path: string, method = 'GET') =>
  north.invoke('jira', { as: 'app', path, method }) as Promise<{
    status: number;
    headers: Record<string, string>;
    body: string;
  }>;

const inSeconds = (seconds: number): string =>
  new Date(sandbox.clock.now() + seconds * 1_000).toISOString().replace('.000', '');

async function isLimitedTo(method: string, path: string, limit: number): Promise<void> {
  const passed = await often(limit, path, { method });
  expect(passed).not.toContain(429);
  expect(await ask(path, method)).toMatchObject({
    status: 429,
    headers: {
      'retry-after': '1',
      'ratelimit-reason': 'jira-burst-based',
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': inSeconds(1),
    },
  });
  await advance(1_000);
  expect((await ask(path, method)).status).toBe(passed[0]);
}

describe('requests of Jira’s REST API (Jira: Rate limiting)', () => {
  test.each([
    ['GET', '/rest/api/3/nowhere', 100],
    ['POST', '/rest/api/3/nowhere', 100],
    ['PUT', '/rest/api/3/nowhere', 50],
    ['DELETE', '/rest/api/3/nowhere', 50],
    ['GET', '/rest/api/3/user?accountId=none', 150],
    ['GET', '/rest/api/3/issue/DEMO-1', 150],
  ])('%s %s: %d a second', isLimitedTo);

  test('each endpoint, method and site for itself; every issue has the same endpoint', async () => {
    const issue = (number: number) => `/rest/api/3/issue/DEMO-${number}`;
    for (let number = 1; number <= 150; number += 1) await often(1, issue(number));
    expect(await often(1, issue(151))).toEqual([429]);
    expect(await often(1, '/rest/api/3/issue/10001?fields=summary')).toEqual([429]);
    expect(await often(1, MYSELF)).toEqual([200]);
    expect(await often(1, issue(1), { method: 'PUT', as: 'nobody' })).not.toEqual([429]);
    expect(await south.invoke('jira-often', { as: 'app', path: issue(1), times: 1 })).toEqual([
      200,
    ]);
  });

  test('other answers say what is left of the second', async () => {
    await often(9, MYSELF);
    expect((await ask(MYSELF)).headers).toMatchObject({
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '90',
    });
  });

  describe('writes of one issue', () => {
    const ISSUE = '/rest/api/3/issue/DEMO-1';

    /** Refused for want of a scope is refused by the proxy: nobody asks Jira itself, which counts. */
    const write = (path = ISSUE) =>
      north.invoke('jira', { as: 'nobody', path, method: 'PUT' }) as Promise<{ status: number }>;

    async function writeOften(count: number): Promise<void> {
      const { id } = JSON.parse((await ask(ISSUE)).body) as { id: string };
      for (let each = 0; each < count; each += 1) {
        // By its key and by its id it is the same issue.
        const path = each % 2 === 0 ? ISSUE : `/rest/api/3/issue/${id}`;
        expect((await write(path)).status).not.toBe(429);
      }
    }

    const limited = (limit: number, seconds: number) => ({
      status: 429,
      headers: {
        'retry-after': String(seconds),
        'ratelimit-reason': 'jira-per-issue-on-write',
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-reset': inSeconds(seconds),
      },
    });

    test('20 in 2 seconds', async () => {
      await writeOften(20);
      expect(await write()).toMatchObject(limited(20, 2));
      expect((await ask(ISSUE)).status).toBe(200);
      expect((await write('/rest/api/3/issue/DEMO-2')).status).not.toBe(429);
      await advance(2_000);
      expect((await write()).status).not.toBe(429);
    });

    test('and 100 in 30 seconds', async () => {
      for (let round = 0; round < 5; round += 1) {
        await writeOften(20);
        await advance(2_000);
      }
      expect(await write()).toMatchObject(limited(100, 20));
      await advance(20_000);
      expect((await write()).status).not.toBe(429);
    });
  });

  test('a bulk costs a point for each issue that it creates, another write one', async () => {
    const { jira } = north.stats.snapshot();
    expect(jira.points).toBe(0);
    const issueUpdates = Array.from({ length: 7 }, () => ({ fields: {} }));
    const create = { as: 'nobody', method: 'POST', path: '/rest/api/3/issue/bulk' };
    await north.invoke('jira', { ...create, body: { issueUpdates } });
    expect(north.stats.snapshot().jira.points).toBe(7);
    await north.invoke('jira', { ...create, path: '/rest/api/3/issue', body: { fields: {} } });
    expect(north.stats.snapshot().jira.points).toBe(8);
  });

  test('65,000 points an hour, of all sites together, to the full hour', async () => {
    // 1 for the call and 2 for each person of a page of users.
    await advance(MINUTE);
    const USERS = '/rest/api/3/users/search?maxResults=1000';
    await ask(USERS);
    await advance(1_000);
    const each = north.stats.snapshot().jira.points;
    let spent = each;
    for (; spent + 100 * each < 65_000; spent += 100 * each) {
      expect(await often(100, USERS)).not.toContain(429);
      await advance(1_000);
    }
    expect((await ask(MYSELF)).headers).toMatchObject({ 'x-ratelimit-nearlimit': 'true' });
    expect(await often(100, USERS)).toContain(429);
    const total = north.stats.snapshot().jira.points;
    expect(total).toBeGreaterThanOrEqual(65_000);
    expect(total).toBeLessThan(65_000 + each);
    const left = (HOUR - (sandbox.clock.now() % HOUR)) / 1_000;
    const refused = {
      status: 429,
      headers: {
        'retry-after': String(left),
        'ratelimit-reason': 'jira-quota-global-based',
        'x-ratelimit-limit': '65000',
        'x-ratelimit-reset': inSeconds(left),
      },
    };
    expect(await ask(MYSELF)).toMatchObject(refused);
    expect(await south.invoke('jira', { as: 'app', path: MYSELF })).toMatchObject(refused);
    await advance(left * 1_000);
    const fresh = await ask(MYSELF);
    expect(fresh.status).toBe(200);
    expect(fresh.headers).not.toHaveProperty('x-ratelimit-nearlimit');
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('a POST that reads costs as a read', async () => {
    const body = { issueIdsOrKeys: ['DEMO-1', 'DEMO-2', 'DEMO-3'] };
    await north.invoke('jira', {
      as: 'app',
      method: 'POST',
      path: '/rest/api/3/issue/bulkfetch',
      body,
    });
    expect(north.stats.snapshot().jira.points).toBe(4);
  });

  test('comments cost a point each, by a POST too', async () => {
    const body = { body: { type: 'doc', version: 1, content: [{ type: 'rule' }] } };
    const path = '/rest/api/3/issue/DEMO-1/comment';
    const add = async () =>
      (await north.jira.handle({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        principal: { type: 'app' },
      })) as { body: string };
    const ids = [await add(), await add()].map((answer) =>
      Number((JSON.parse(answer.body) as { id: string }).id),
    );
    await ask(path);
    expect(north.stats.snapshot().jira.points).toBe(3);
    const list = { as: 'app', method: 'POST', path: '/rest/api/3/comment/list', body: { ids } };
    await north.invoke('jira', list);
    expect(north.stats.snapshot().jira.points).toBe(6);
  });

  test('PATCH, which the page on rate limits does not list', () =>
    isLimitedTo('PATCH', '/rest/api/3/nowhere', 50));
});
