/** What Test and the wire say of a connection that is not in order, and what they must not do. */
import { addConnection, call, checkOf, endpointUrl, errorsOf, GENERATED } from '../support/sites';
import { account, startTwoSites, succeed, troubles, type TwoSites } from '../support/sites';
import { hmacSha256 } from '../../src/wire/signature';
import { ping, type PingOutcome } from '../../src/wire/client';

const KEYS = { local: GENERATED.north, remote: GENERATED.south };
const SOUTH_KEYS = { local: GENERATED.south, remote: GENERATED.north };

let sites: TwoSites;

beforeEach(async () => {
  sites = await startTwoSites();
});

afterEach(() => sites.sandbox.dispose());

/** A ping of north by `siteId` with any key, over real HTTP. */
async function pingNorth(key: string, siteId: string): Promise<PingOutcome> {
  const { north, sandbox } = sites;
  const { pathname } = new URL(await endpointUrl(north));
  let id = 0;
  return ping(
    { url: `${north.url}${pathname}`, key, siteId, timeoutMs: 5_000 },
    {
      now: () => sandbox.clock.now(),
      newId: () => `msg_${(id += 1)}`,
      hmac: hmacSha256,
      transport: {
        post: async (url, headers, body) => {
          const response = await fetch(url, { method: 'POST', headers, body });
          const text = await response.text();
          return { kind: 'response', status: response.status, headers: {}, body: text };
        },
      },
    },
  );
}

test('a probe key that a killed test left behind is refused after a minute', async () => {
  const { north, sandbox } = sites;
  const draft = { name: 'x', localUser: 'app' as const, localKey: 'k', passive: true };
  let key: string | undefined;
  for (let number = 1; key === undefined && number < 60; number += 1) {
    north.setFaults({ kill: { call: number, when: 'after' } });
    await call(north, 'connections/test', { draft }).catch(() => undefined);
    north.setFaults({ kill: undefined });
    const [probe] = north.kvs.dump().secrets;
    if (probe) key = (JSON.parse(String(probe[1])) as { key: string }).key;
  }
  const own = north.identity.cloudId;
  expect(key).toMatch(/^whsec_/);
  // Good for this site alone, and for a minute.
  expect(await pingNorth(key ?? '', 'somebody-else')).toMatchObject({ code: 'wrong-site' });
  await sandbox.clock.advance(59_000);
  const before = await pingNorth(key ?? '', own);
  expect(before).not.toMatchObject({ code: 'unauthenticated' });
  await sandbox.clock.advance(2_000);
  expect(await pingNorth(key ?? '', own)).toMatchObject({ code: 'unauthenticated' });
});

test('the last accepted request is written down at most once an hour', async () => {
  const { north, south, sandbox } = sites;
  await addConnection(north, south, KEYS);
  const lastAcceptedAt = async (): Promise<string | undefined> =>
    (await succeed(north, 'connections/list', {}))[0]?.lastAcceptedAt;
  await pingNorth(KEYS.local, south.identity.cloudId);
  const first = await lastAcceptedAt();
  await sandbox.clock.advance(60 * 60_000 - 1_000);
  await pingNorth(KEYS.local, south.identity.cloudId);
  expect(await lastAcceptedAt()).toBe(first);
  await sandbox.clock.advance(1_000);
  await pingNorth(KEYS.local, south.identity.cloudId);
  expect(await lastAcceptedAt()).not.toBe(first);
});

test('during a rotation the old key says of the connection what the new one says', async () => {
  const { north, south } = sites;
  const { id } = await addConnection(north, south, KEYS);
  const { key } = await succeed(north, 'keys/rotate', { id });
  await succeed(north, 'connections/pause', { id });
  await succeed(north, 'connections/update', { id, changes: { passive: true } });
  for (const one of [KEYS.local, key]) {
    expect(await pingNorth(one, south.identity.cloudId)).toMatchObject({
      answer: { paused: true, mode: 'passive' },
    });
  }
});

test('an update keeps the rules of adding', async () => {
  const { north, south } = sites;
  const { id } = await addConnection(north, south, KEYS);
  const own = { accountId: account(north, 'admin') };
  const refused = await errorsOf(north, 'connections/update', { id, changes: { localUser: own } });
  expect(refused).toMatchObject([{ field: 'localUser', code: 'user-is-you' }]);
  await succeed(north, 'keys/rotate', { id });
  const changes = { localKey: 'a third key' };
  expect(await errorsOf(north, 'connections/update', { id, changes })).toMatchObject([
    { field: 'localKey', code: 'rotation-open' },
  ]);
});

test('a Local User that is you, or an administrator, is told', async () => {
  const { north } = sites;
  const draft = { name: 'x', localKey: 'k', passive: true };
  const localUser = { accountId: account(north, 'admin') };
  const report = await succeed(north, 'connections/test', { draft: { ...draft, localUser } });
  expect(troubles(report)).toEqual(['local-user-not-you: failed', 'local-user-dedicated: warning']);
  expect(checkOf(report, 'local-user-dedicated').detail).toMatch(/administrator/);
});

test('a Local User that can work, but not comment anywhere, is a warning', async () => {
  const { north, south } = sites;
  const accountId = account(north, 'sync');
  for (const { key } of north.jira.projects()) north.jira.deny(accountId, key, 'ADD_COMMENTS');
  const { id } = await addConnection(north, south, KEYS, { passive: true });
  const report = await succeed(north, 'connections/test', { id });
  expect(troubles(report)).toEqual(['local-user-more-permissions: warning']);
  expect(checkOf(report, 'local-user-more-permissions').detail).toMatch(/cannot comment in/);
});

test.each<[what: string, words: RegExp, spoil: (sites: TwoSites) => void]>([
  [
    'deactivated',
    /deactivated/,
    ({ south }) => south.jira.setActive(account(south, 'sync'), false),
  ],
  ['not impersonated', /cannot act/, ({ south }) => south.setFaults({ distribution: 'none' })],
  [
    'without a permission',
    /lacks a permission/,
    ({ south }) => {
      for (const { key } of south.jira.projects()) {
        south.jira.deny(account(south, 'sync'), key, 'EDIT_ISSUES');
      }
    },
  ],
])('the remote says that its Local User is %s', async (_what, words, spoil) => {
  const { north, south } = sites;
  const { id } = await addConnection(north, south, KEYS);
  await addConnection(south, north, SOUTH_KEYS);
  spoil(sites);
  const report = await succeed(north, 'connections/test', { id });
  expect(troubles(report)).toEqual(['remote-local-user: failed']);
  expect(checkOf(report, 'remote-local-user').detail).toMatch(words);
});

test('a test of unsaved edits is not remembered as the connection’s', async () => {
  const { north, south, sandbox } = sites;
  const { id } = await addConnection(north, south, KEYS);
  await succeed(north, 'connections/test', { id });
  const [before] = await succeed(north, 'connections/list', {});
  await sandbox.clock.advance(1_000);
  await succeed(north, 'connections/test', { id, changes: { remoteKey: 'another' } });
  const [after] = await succeed(north, 'connections/list', {});
  expect(after?.lastTest).toEqual(before?.lastTest);
});

test('another Remote URL is another remote: the old site is not held against it', async () => {
  const { north, south } = sites;
  const { id } = await addConnection(north, south, KEYS);
  await addConnection(south, north, SOUTH_KEYS);
  await succeed(north, 'connections/test', { id });
  const elsewhere = 'https://elsewhere.webtrigger.atlassian.app/public/x';
  await succeed(north, 'connections/update', { id, changes: { remoteUrl: elsewhere } });
  // Whoever has the key now is somebody new.
  expect(await pingNorth(KEYS.local, 'a-new-site')).toMatchObject({ kind: 'answer' });
  expect(await pingNorth(KEYS.local, south.identity.cloudId)).toMatchObject({ code: 'wrong-site' });
});
