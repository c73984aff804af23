/**
 * A crash after each single platform call of each change: nothing is left open, and after 61 s the same
 * call works and everything that is stored has its partner.
 */
import {
  addConnection,
  call,
  GENERATED,
  startTwoSites,
  succeed,
  troubles,
  type TestSite,
  type TwoSites,
} from '../support/sites';
import { keyIdOf } from '../../src/wire/authentication-key';
import type { AdminApi, AdminKey } from '../../src/entry/admin/api';
import type { ConnectionRecord, KeyRecord, NameRecord } from '../../src/connection/records';

let sites: TwoSites;

beforeEach(async () => {
  sites = await startTwoSites();
});

afterEach(() => sites.sandbox.dispose());

/** Far more platform calls than any change makes: a loop that reaches it never ended by itself. */
const MANY_CALLS = 60;

interface Story<K extends AdminKey> {
  key: K;
  /** What is there before. Answers the request that is interrupted. */
  prepare(site: TestSite): Promise<AdminApi[K]['request']>;
  /** Refusals that mean that the interrupted call had come through. */
  alreadyDone?: string[];
}

const NORTH_KEYS = { local: GENERATED.north, remote: GENERATED.south };

const stories: { [K in AdminKey]?: Story<K> } = {
  'connections/add': {
    key: 'connections/add',
    prepare: () =>
      Promise.resolve({
        name: 'To south',
        localUser: 'app',
        remoteUrl: 'https://remote.webtrigger.atlassian.app/public/x',
        localKey: GENERATED.north,
        remoteKey: GENERATED.south,
        passive: false,
      }),
    alreadyDone: ['duplicate-key', 'duplicate-name'],
  },
  'connections/update': {
    key: 'connections/update',
    prepare: async (site) => ({
      id: (await addConnection(site, sites.south, NORTH_KEYS)).id,
      changes: {
        name: 'Renamed',
        localKey: 'a new local key',
        remoteKey: 'a new remote key',
        remoteUrl: 'https://other.webtrigger.atlassian.app/public/y',
      },
    }),
  },
  'keys/rotate': {
    key: 'keys/rotate',
    prepare: async (site) => ({ id: (await addConnection(site, sites.south, NORTH_KEYS)).id }),
    alreadyDone: ['rotation-open'],
  },
  'keys/retire': {
    key: 'keys/retire',
    prepare: async (site) => {
      const { id } = await addConnection(site, sites.south, NORTH_KEYS);
      await succeed(site, 'keys/rotate', { id });
      return { id };
    },
    alreadyDone: ['no-rotation'],
  },
  'connections/remove': {
    key: 'connections/remove',
    prepare: async (site) => {
      const { id } = await addConnection(site, sites.south, NORTH_KEYS);
      await succeed(site, 'keys/rotate', { id });
      await succeed(site, 'connections/test', { id });
      return { id };
    },
  },
};

describe.each(['before', 'after'] as const)('killed %s its effect', (when) => {
  test.each(Object.keys(stories) as (keyof typeof stories)[])('%s', async (key) => {
    const story = stories[key] as Story<AdminKey>;
    let completed = false;
    let calls = 0;
    for (; !completed && calls < MANY_CALLS; calls += 1) {
      const sandbox = sites.sandbox;
      const site = sites.north;
      const request = await story.prepare(site);
      const before = openKeys(site);
      site.setFaults({ kill: { call: calls + 1, when } });
      completed = await call(site, key, request).then(
        () => true,
        () => false,
      );
      site.setFaults({ kill: undefined });

      // Whatever was interrupted: what opens this site is what its records say, and no more.
      const after = openKeys(site);
      const added = after.filter((id) => !before.includes(id));
      expect(added.length).toBeLessThanOrEqual(1);
      if (key === 'connections/remove' || key === 'keys/retire') expect(added).toEqual([]);

      await sandbox.clock.advance(61_000);
      const again = await call(site, key, request);
      if (!again.ok) {
        expect(completed ? [] : again.errors.map(({ code }) => code)).toEqual(
          completed
            ? []
            : expect.arrayContaining([
                expect.stringMatching(new RegExp(`^(${(story.alreadyDone ?? []).join('|')})$`)),
              ]),
        );
      }
      await succeed(site, 'connections/list', {});
      expectWhole(site);
      for (const { id } of await succeed(site, 'connections/list', {})) {
        await succeed(site, 'connections/remove', { id });
      }
      expect(nothingStored(site)).toEqual([]);
    }
    expect(completed).toBe(true);
    // The loop is worth something only if it interrupted the change at many places.
    expect(calls).toBeGreaterThan(5);
  });
});

test('after an interrupted rotation the remote still gets in with the old key', async () => {
  const { north, south, sandbox } = sites;
  const there = await addConnection(north, south, NORTH_KEYS);
  const here = await addConnection(south, north, {
    local: GENERATED.south,
    remote: GENERATED.north,
  });
  for (let number = 1; number < 12; number += 1) {
    south.setFaults({ kill: { call: number, when: 'after' } });
    await call(south, 'keys/rotate', { id: here.id }).catch(() => undefined);
    south.setFaults({ kill: undefined });
    expect(troubles(await succeed(north, 'connections/test', { id: there.id }))).toEqual([]);
    await sandbox.clock.advance(61_000);
    await call(south, 'keys/retire', { id: here.id });
    const { key } = await succeed(south, 'keys/rotate', { id: here.id });
    await succeed(north, 'connections/update', { id: there.id, changes: { remoteKey: key } });
    await succeed(south, 'keys/retire', { id: here.id });
    expect(troubles(await succeed(north, 'connections/test', { id: there.id }))).toEqual([]);
  }
});

/** Key ids that the endpoint accepts now. */
function openKeys(site: TestSite): string[] {
  const { entities, secrets } = site.kvs.dump();
  const names = secrets.map(([name]) => name);
  return (entities['connection-key'] ?? [])
    .filter(([keyId, record]) => {
      const { state, connection } = record as KeyRecord;
      return state !== 'reserved' && names.includes(`local-key:${connection}:${keyId}`);
    })
    .map(([keyId]) => keyId);
}

/** Every reservation, secret and record has its partner. */
function expectWhole(site: TestSite): void {
  const { entities, secrets, plain } = site.kvs.dump();
  const connections = new Map(
    (entities.connection ?? []).map(([id, record]) => [id, record as ConnectionRecord]),
  );
  const expected = {
    keys: [...connections.values()]
      .flatMap(({ keyId, previousKeyId }) => [keyId, ...(previousKeyId ? [previousKeyId] : [])])
      .sort(),
    names: [...connections.values()].map(({ nameKey }) => nameKey).sort(),
    localSecrets: [...connections]
      .flatMap(([id, { keyId, previousKeyId }]) =>
        [keyId, ...(previousKeyId ? [previousKeyId] : [])].map((one) => `local-key:${id}:${one}`),
      )
      .sort(),
  };
  const keys = (entities['connection-key'] ?? []) as [string, KeyRecord][];
  const names = (entities['connection-name'] ?? []) as [string, NameRecord][];
  expect(keys.map(([keyId]) => keyId).sort()).toEqual(expected.keys);
  expect(names.map(([nameKey]) => nameKey).sort()).toEqual(expected.names);
  expect(keys.every(([, { state }]) => state !== 'reserved')).toBe(true);
  expect(names.every(([, { state }]) => state !== 'reserved')).toBe(true);

  const local = secrets.filter(([name]) => name.startsWith('local-key:'));
  expect(local.map(([name]) => name).sort()).toEqual(expected.localSecrets);
  for (const [name, value] of local) expect(name.endsWith(keyIdOf(String(value)))).toBe(true);
  for (const [name] of secrets) {
    const [kind, id = '', slot] = name.split(':');
    if (kind === 'local-key') continue;
    expect(kind).toBe('remote-key');
    const record = connections.get(id);
    expect(slot === record?.remoteKeySlot || record?.hasPreviousRemoteKey).toBe(true);
  }
  for (const [name] of plain) expect(connections.has(name.split(':')[1] ?? '')).toBe(true);
}

function nothingStored(site: TestSite): string[] {
  const { entities, secrets, plain } = site.kvs.dump();
  return [...Object.values(entities).flat(), ...secrets, ...plain].map(([key]) => key);
}
