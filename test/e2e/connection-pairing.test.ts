/** Two sites become a pair: the whole way, through the resolver, the platform and real HTTP. */
import {
  account,
  addConnection,
  checkOf,
  endpointUrl,
  errorsOf,
  GENERATED,
  startTwoSites,
  succeed,
  troubles,
  type TwoSites,
} from '../support/sites';

let sites: TwoSites;

beforeEach(async () => {
  sites = await startTwoSites();
});

afterEach(async () => {
  expect(sites.north.violations).toEqual([]);
  expect(sites.south.violations).toEqual([]);
  await sites.sandbox.dispose();
});

const NORTH_KEYS = { local: GENERATED.north, remote: GENERATED.south };
const SOUTH_KEYS = { local: GENERATED.south, remote: GENERATED.north };

test('after only one side has added, its internal part passes and the remote does not know the key yet', async () => {
  const { id } = await addConnection(sites.north, sites.south, NORTH_KEYS);
  const report = await succeed(sites.north, 'connections/test', { id });
  expect(report.internal.map(({ status }) => status)).toEqual(Array(8).fill('passed'));
  expect(troubles(report)).toEqual(['remote-key: warning']);
  expect(checkOf(report, 'remote-reachable').status).toBe('passed');
  expect(checkOf(report, 'remote-key').detail).toMatch(/not accepted yet/i);
});

test.each([
  ['generated', GENERATED.north, GENERATED.south],
  ['like a password', 'Pa$$w0rd like', 'An0ther pa$$word'],
  ['non-ASCII', 'Schlüssel – 鍵 🗝', 'clé très sûre ключ'],
])('a %s key pairs two sites', async (_kind, local, remote) => {
  const there = await addConnection(sites.north, sites.south, { local, remote });
  const here = await addConnection(sites.south, sites.north, { local: remote, remote: local });
  const fromNorth = await succeed(sites.north, 'connections/test', { id: there.id });
  const fromSouth = await succeed(sites.south, 'connections/test', { id: here.id });
  expect(troubles(fromNorth)).toEqual([]);
  expect(troubles(fromSouth)).toEqual([]);
  expect([...fromNorth.internal, ...fromNorth.remote].map(({ status }) => status)).toEqual(
    Array(16).fill('passed'),
  );
});

test('a passive side skips its remote part, says why, and sees that it was called', async () => {
  const passive = await addConnection(sites.north, sites.south, NORTH_KEYS, {
    passive: true,
    remoteUrl: undefined,
    remoteKey: undefined,
  });
  const before = await succeed(sites.north, 'connections/test', { id: passive.id });
  expect(before.remote.map(({ status }) => status)).toEqual(['skipped']);
  expect(before.remote[0]?.detail).toMatch(/passive.*nothing has called/i);

  const active = await addConnection(sites.south, sites.north, SOUTH_KEYS);
  const report = await succeed(sites.south, 'connections/test', { id: active.id });
  expect(troubles(report)).toEqual([]);
  expect(report.remote.every(({ status }) => status === 'passed')).toBe(true);

  const [listed] = await succeed(sites.north, 'connections/list', {});
  expect(listed?.lastAcceptedAt).toBe(new Date(sites.sandbox.clock.now()).toISOString());
  // Its own endpoint, in the test; it never called out.
  expect(sites.north.stats.snapshot().egress).toBe(1);
});

test('a paused remote is told with its own text', async () => {
  const there = await addConnection(sites.north, sites.south, NORTH_KEYS);
  const here = await addConnection(sites.south, sites.north, SOUTH_KEYS);
  await succeed(sites.south, 'connections/pause', { id: here.id });
  const paused = await succeed(sites.north, 'connections/test', { id: there.id });
  expect(troubles(paused)).toEqual(['remote-running: warning']);
  expect(checkOf(paused, 'remote-running').detail).toMatch(/paused/);
  await succeed(sites.south, 'connections/resume', { id: here.id });
  expect(troubles(await succeed(sites.north, 'connections/test', { id: there.id }))).toEqual([]);
});

test('a key that was accepted and then changed is told with the time until which it was', async () => {
  const there = await addConnection(sites.north, sites.south, NORTH_KEYS);
  const here = await addConnection(sites.south, sites.north, SOUTH_KEYS);
  await succeed(sites.north, 'connections/test', { id: there.id });
  const accepted = new Date(sites.sandbox.clock.now()).toISOString();
  await sites.sandbox.clock.advance(3_600_000);
  await succeed(sites.south, 'keys/rotate', { id: here.id });
  await succeed(sites.south, 'keys/retire', { id: here.id });
  const report = await succeed(sites.north, 'connections/test', { id: there.id });
  expect(troubles(report)).toEqual(['remote-key: failed']);
  expect(checkOf(report, 'remote-key').detail).toContain(
    `accepted this key until ${accepted}, but not any more`,
  );
});

test('a rotation has no gap: old and new key are both accepted until the old one is ended', async () => {
  const there = await addConnection(sites.north, sites.south, NORTH_KEYS);
  const here = await addConnection(sites.south, sites.north, SOUTH_KEYS);
  const { key } = await succeed(sites.south, 'keys/rotate', { id: here.id });
  expect(troubles(await succeed(sites.north, 'connections/test', { id: there.id }))).toEqual([]);
  expect((await errorsOf(sites.south, 'keys/rotate', { id: here.id }))[0]?.code).toBe(
    'rotation-open',
  );
  await succeed(sites.north, 'connections/update', { id: there.id, changes: { remoteKey: key } });
  expect(troubles(await succeed(sites.north, 'connections/test', { id: there.id }))).toEqual([]);
  await succeed(sites.south, 'keys/retire', { id: here.id });
  expect(troubles(await succeed(sites.north, 'connections/test', { id: there.id }))).toEqual([]);
  expect((await errorsOf(sites.south, 'keys/retire', { id: here.id }))[0]?.code).toBe(
    'no-rotation',
  );
});

test('a remote key that the other side has not taken yet falls back to the one before it', async () => {
  const there = await addConnection(sites.north, sites.south, NORTH_KEYS);
  await addConnection(sites.south, sites.north, SOUTH_KEYS);
  await succeed(sites.north, 'connections/update', {
    id: there.id,
    changes: { remoteKey: 'a key that south does not know' },
  });
  const report = await succeed(sites.north, 'connections/test', { id: there.id });
  expect(troubles(report)).toEqual(['remote-key: warning']);
  expect(checkOf(report, 'remote-key').detail).toMatch(/key before/);
});

test('an old key ends by itself after seven days, and nothing of it stays', async () => {
  const there = await addConnection(sites.north, sites.south, NORTH_KEYS);
  const here = await addConnection(sites.south, sites.north, SOUTH_KEYS);
  await succeed(sites.south, 'keys/rotate', { id: here.id });
  const [rotating] = await succeed(sites.south, 'connections/list', {});
  expect(Date.parse(rotating?.rotationEndsAt ?? '') - sites.sandbox.clock.now()).toBe(
    7 * 86_400_000,
  );
  await sites.sandbox.clock.advance(7 * 86_400_000);
  expect(troubles(await succeed(sites.north, 'connections/test', { id: there.id }))).toEqual([
    'remote-key: warning',
  ]);
  const [ended] = await succeed(sites.south, 'connections/list', {});
  expect(ended?.rotationEndsAt).toBeUndefined();
  const dump = sites.south.kvs.dump();
  expect(dump.entities['connection-key']).toHaveLength(1);
  expect(dump.secrets.filter(([name]) => name.startsWith('local-key:'))).toHaveLength(1);
});

test('a draft is tested as a stored one is, and leaves nothing behind', async () => {
  await addConnection(sites.south, sites.north, SOUTH_KEYS);
  const report = await succeed(sites.north, 'connections/test', {
    draft: {
      name: 'Not stored',
      localUser: 'app',
      remoteUrl: await endpointUrl(sites.south),
      localKey: GENERATED.north,
      remoteKey: GENERATED.south,
      passive: false,
    },
  });
  expect(troubles(report)).toEqual([]);
  const dump = sites.north.kvs.dump();
  expect(dump.secrets).toEqual([]);
  expect(Object.values(dump.entities).flat()).toEqual([]);
});

test('unsaved edits of a stored connection are tested without being saved', async () => {
  const there = await addConnection(sites.north, sites.south, NORTH_KEYS);
  await addConnection(sites.south, sites.north, SOUTH_KEYS);
  const report = await succeed(sites.north, 'connections/test', {
    id: there.id,
    changes: { remoteKey: 'wrong', localUser: { accountId: account(sites.north, 'sync-limited') } },
  });
  expect(troubles(report)).toEqual(['remote-key: warning']);
  expect(checkOf(report, 'local-user-permissions').detail).toMatch(/cannot edit issues in .+/);
  expect(troubles(await succeed(sites.north, 'connections/test', { id: there.id }))).toEqual([]);
});

test('with both sides passive each says that nothing will move', async () => {
  const passive = { passive: true, remoteUrl: undefined, remoteKey: undefined };
  const there = await addConnection(sites.north, sites.south, NORTH_KEYS, passive);
  const here = await addConnection(sites.south, sites.north, SOUTH_KEYS, passive);
  for (const [site, id] of [
    [sites.north, there.id],
    [sites.south, here.id],
  ] as const) {
    const report = await succeed(site, 'connections/test', { id });
    expect(report.remote).toHaveLength(1);
    expect(report.remote[0]?.detail).toMatch(/if the other side is passive too, nothing will move/);
  }
});

test.each(['http://10.0.0.5:8080/jira', 'http://localhost:2990', 'http://127.0.0.1:8080/jira'])(
  'Alternative Base URL %s can be saved, and Test tells what the platform does with it',
  async (alternativeBaseUrl) => {
    const there = await addConnection(sites.north, sites.south, NORTH_KEYS, { alternativeBaseUrl });
    expect(there.alternativeBaseUrl).toBe(new URL(alternativeBaseUrl).href);
    const report = await succeed(sites.north, 'connections/test', { id: there.id });
    expect(checkOf(report, 'own-endpoint').status).toBe('failed');
    expect(checkOf(report, 'own-endpoint').detail).toMatch(
      /Forge lets apps call only https on port 443/,
    );
  },
);

test('the site’s alias host as Alternative Base URL passes', async () => {
  const alternativeBaseUrl = `https://${sites.north.identity.aliasId}.webtrigger.atlassian.app`;
  const there = await addConnection(sites.north, sites.south, NORTH_KEYS, { alternativeBaseUrl });
  const report = await succeed(sites.north, 'connections/test', { id: there.id });
  expect(checkOf(report, 'own-endpoint').status).toBe('passed');
  expect(checkOf(report, 'own-endpoint').detail).toContain(sites.north.identity.aliasId);
});
