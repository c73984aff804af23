/** Invocations: resolver calls on the real `@forge/resolver`, their context, limits and end. */
import Resolver, { makeResolver } from '@forge/resolver';
import type { Sandbox, Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';

let sandbox: Sandbox;
let north: Site;
let south: Site;

beforeEach(async () => {
  sandbox = await startFixture();
  north = sandbox.site('north');
  south = sandbox.site('south');
});

afterEach(() => sandbox.dispose());

const stored = (site: Site): string[] => site.kvs.dump().plain.map(([key]) => key);

test('a payload and a result go through JSON (Forge: Forge resolver)', async () => {
  const value = { text: 'é', nested: [1, null, { deep: true }], gone: undefined, at: new Date(0) };
  expect(await north.invoke('echo', value)).toEqual({
    text: 'é',
    nested: [1, null, { deep: true }],
    at: '1970-01-01T00:00:00.000Z',
  });
  expect(await north.invoke('kinds', value)).toEqual([
    ['text', 'string'],
    ['nested', 'object'],
    ['at', 'string'],
  ]);
  expect(await north.invoke('log', { line: 'x' })).toBeUndefined();
});

test('the context says who calls from where (Forge: Forge resolver, context)', async () => {
  const someone = north.jira.findUserByEmail('sync@north.example')?.accountId;
  expect(await north.invoke('context', {})).toMatchObject({
    accountId: north.jira.siteAdmin().accountId,
    installContext: `ari:cloud:jira::site/${north.identity.cloudId}`,
    cloudId: north.identity.cloudId,
    moduleKey: 'main-page',
    extension: { type: 'jira:adminPage' },
  });
  expect(
    await north.invoke('context', {}, { accountId: someone, module: 'other-page' }),
  ).toMatchObject({ accountId: someone, moduleKey: 'other-page' });
  expect(await north.invoke('app-context', {}, { module: 'other-page' })).toMatchObject({
    moduleKey: 'other-page',
    environmentType: 'DEVELOPMENT',
    leftMs: 25_000,
  });
});

test('nobody calls who cannot be logged in, and no page that the app does not have (Sandbox: control surface)', async () => {
  const inactive = north.jira.users().find(({ active }) => !active)?.accountId;
  await expect(north.invoke('echo', {}, { accountId: inactive })).rejects.toThrow(/logged in/);
  await expect(north.invoke('echo', {}, { accountId: 'nobody' })).rejects.toThrow(/logged in/);
  await expect(
    north.invoke('echo', {}, { accountId: north.identity.appAccountId }),
  ).rejects.toThrow(/logged in/);
  await expect(north.invoke('echo', {}, { module: 'nope' })).rejects.toThrow(/no page nope/);
});

test('an error of the app is an error of the page; so is a key that it does not define (Forge: Forge resolver)', async () => {
  await expect(north.invoke('throw', { message: 'broken' })).rejects.toThrow('broken');
  await expect(north.invoke('no-such-key')).rejects.toThrow(
    "Resolver has no definition for 'no-such-key'.",
  );
});

describe('a resolver (Package: @forge/resolver)', () => {
  const call = { call: { functionKey: 'one', payload: { n: 1 } }, context: {} };

  test('takes each key once, and functions only; getFunction knows no other', async () => {
    const resolver = new Resolver();
    resolver.define('two', () => 1);
    expect(() => resolver.define('two', () => 2)).toThrow(/already exists/);
    expect(() => resolver.define('three', undefined as unknown as () => void)).toThrow(/function/);
    await expect(resolver.getDefinitions()(call, {})).rejects.toThrow(/no definition for 'one'/);
  });

  test('answers JSON by sanitizeObject, whichever way it was made', async () => {
    const one = ({ payload }: { payload: object }) => ({
      ...payload,
      at: new Date(0),
      gone: undefined,
    });
    const expected = { n: 1, at: '1970-01-01T00:00:00.000Z' };
    await expect(makeResolver({ one })(call, {})).resolves.toStrictEqual(expected);
    const defined = new Resolver().define('one', one).getDefinitions();
    await expect(defined(call, {})).resolves.toStrictEqual(expected);
  });
});

test('after 25 s an invocation is ended, and what it does then has no effect (Forge: Invocation limits)', async () => {
  let outcome: unknown;
  void north.invoke('pause', { ms: 25_001 }).catch((error: unknown) => (outcome = error));
  await sandbox.settled();
  await sandbox.clock.advance(25_000);
  await sandbox.settled();
  expect(String(outcome)).toMatch(/timed out after 25 seconds/);
  await sandbox.clock.advance(60_000);
  await sandbox.settled();
  expect(stored(north)).toEqual(['before']);
});

test('up to 25 s it comes through (Forge: Invocation limits)', async () => {
  const calling = north.invoke('pause', { ms: 24_999 });
  await sandbox.settled();
  await sandbox.clock.advance(25_000);
  expect(await calling).toBe('done');
  expect(stored(north)).toEqual(['after', 'before']);
});

test('what an app does after its answer has no effect, and is in the log (Sandbox: how it works)', async () => {
  expect(await north.invoke('forget')).toBe('done');
  await sandbox.clock.advance(1_000);
  await sandbox.settled();
  expect(stored(north)).toEqual([]);
  expect(north.logs.join()).toContain('after the end of the invocation');
  expect(north.logs.join()).not.toContain('late');
});

test('a kill before the call leaves no effect, one after it does; it happens once (Sandbox: faults)', async () => {
  for (const [when, keys] of [
    ['before', []],
    ['after', ['key']],
  ] as const) {
    south.setFaults({ kill: { call: 1, when } });
    await expect(south.invoke('set', { key: 'key', value: 1 })).rejects.toThrow(/killed/);
    expect(stored(south)).toEqual(keys);
    expect(south.faults.kill).toBeUndefined();
  }
  await south.invoke('set', { key: 'other', value: 1 });
  expect(stored(south)).toEqual(['key', 'other']);
});

test('the n-th platform call is the one that kills (Sandbox: faults)', async () => {
  north.setFaults({ kill: { call: 3, when: 'before' } });
  await north.invoke('set', { key: 'one', value: 1 });
  await north.invoke('set', { key: 'two', value: 1 });
  await expect(north.invoke('set', { key: 'three', value: 1 })).rejects.toThrow(/killed/);
  expect(stored(north)).toEqual(['one', 'two']);
});

test('latency is added to each platform call (Sandbox: faults)', async () => {
  north.setFaults({ latencyMs: 100 });
  let done = false;
  const calling = north.invoke('set', { key: 'key', value: 1 }).then(() => (done = true));
  await sandbox.settled();
  await sandbox.clock.advance(99);
  expect(done).toBe(false);
  await sandbox.clock.advance(1);
  await calling;
});

test('the app sees the sandbox’s time, with the skew of its site (Sandbox: faults)', async () => {
  south.setFaults({ skewMs: -90_000 });
  const { clock } = sandbox;
  for (const [site, skew] of [
    [north, 0],
    [south, -90_000],
  ] as const) {
    const now = clock.now() + skew;
    expect(await site.invoke('time')).toEqual({
      now,
      date: new Date(now).toISOString(),
      fixed: '1970-01-01T00:00:00.000Z',
      isDate: true,
    });
  }
});

test('what the app logs goes to the log of its site only (Sandbox: in tests)', async () => {
  await north.invoke('log', { line: 'hello' });
  expect(north.logs).toEqual(['resolver log: hello']);
  expect(south.logs).toEqual([]);
});

describe('the log of an invocation (Forge: Invocation limits)', () => {
  test('has 100 lines a runtime minute', async () => {
    await north.invoke('log-often', { times: 101, bytes: 1 });
    expect(north.logs).toHaveLength(100);
    await north.invoke('log-often', { times: 1, bytes: 1 });
    expect(north.logs).toHaveLength(101);
  });

  test('has 200 KB', async () => {
    await north.invoke('log-often', { times: 3, bytes: 90_000 });
    expect(north.logs).toHaveLength(2);
  });
});

test('sites share nothing that is stored (Forge: Key-Value Store)', async () => {
  await north.invoke('set', { key: 'key', value: 'north' });
  expect(await south.invoke('get', { key: 'key' })).toBeUndefined();
  expect(await north.invoke('get', { key: 'key' })).toBe('north');
});

test('a call that the platform does not know is an error, and is recorded (Sandbox: in tests)', async () => {
  expect(await north.invoke('graph', { query: '{ me { id } }' })).toMatchObject({
    message: expect.stringContaining('unknown Atlassian API call') as string,
  });
  expect(north.violations).toHaveLength(1);
});

test('a thousand invocations at once (Sandbox: how it works)', async () => {
  // More than the platform lets in within a second; this is about what keeps them apart.
  for (const site of [north, south]) site.setFaults({ budgets: false });
  const results = await Promise.all(
    Array.from({ length: 1_000 }, (_each, number) =>
      (number % 2 === 0 ? north : south).invoke('set', { key: `key-${number}`, value: number }),
    ),
  );
  expect(results).toHaveLength(1_000);
  expect(stored(north)).toHaveLength(500);
  expect(north.stats.snapshot()).toMatchObject({ invocations: 500, kvs: { read: 0, write: 500 } });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('an error of the app reaches the page with its message, and the log with its stack', async () => {
    await expect(north.invoke('throw', { message: 'broken' })).rejects.toThrow(
      'There was an error invoking the function - broken',
    );
    expect(north.logs.join('\n')).toMatch(/resolver error: Error: broken\n\s+at /);
  });

  test('payloads have limits: 500 KB from a page, 5 MB back [2nd]', async () => {
    await expect(north.invoke('echo', 'x'.repeat(512_000))).rejects.toThrow(/500 KB/);
    expect(await north.invoke('echo', 'x'.repeat(511_000))).toHaveLength(511_000);
    await expect(north.invoke('large', { bytes: 5 * 1024 * 1024 })).rejects.toThrow(/5 MB/);
    expect(await north.invoke('large', { bytes: 5 * 1024 * 1024 - 2 })).toHaveLength(5_242_878);
  });

  test('a cold start delays the first invocation, and counts towards its limit', async () => {
    north.setFaults({ coldStartMs: 5_000 });
    const cold = north.invoke('time');
    await sandbox.settled();
    const before = sandbox.clock.now();
    await sandbox.clock.advance(5_000);
    expect(await cold).toMatchObject({ now: before + 5_000 });
    expect(await north.invoke('time')).toMatchObject({ now: before + 5_000 });
  });
});
