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
import type { ConnectionRecord } from '../../src/connection/records';
import { everythingStored, expectWhole, openKeys } from '../support/stored-connections';

let sites: TwoSites;

beforeEach(async () => {
  sites = await startTwoSites();
});

afterEach(() => sites.sandbox.dispose());

/** Far more platform calls than any change makes: a loop that reaches it never ended by itself. */
const MANY_CALLS = 60;

/** The one stored connection, and the keys of the secret store. */
interface Stored {
  record: ConnectionRecord;
  secrets: Map<string, unknown>;
}

interface Story<K extends AdminKey> {
  key: K;
  /** What is there before. Answers the request that is interrupted. */
  prepare(site: TestSite): Promise<AdminApi[K]['request']>;
  /** How the repeated call is refused where the interrupted one had come through. */
  alreadyDone?: string[];
  /** What is stored once the change was made, however often it was asked for; `undefined`: nothing. */
  done: ((stored: Stored) => void) | undefined;
}

const NORTH_KEYS = { local: GENERATED.north, remote: GENERATED.south };

const NEW_CONNECTION = {
  name: 'To south',
  localUser: 'app',
  remoteUrl: 'https://remote.webtrigger.atlassian.app/public/x',
  localKey: GENERATED.north,
  remoteKey: GENERATED.south,
  passive: false,
} as const;

const CHANGES = {
  name: 'Renamed',
  localKey: 'a new local key',
  remoteKey: 'a new remote key',
  remoteUrl: 'https://other.webtrigger.atlassian.app/public/y',
};

const stories: { [K in AdminKey]?: Story<K> } = {
  'connections/add': {
    key: 'connections/add',
    prepare: () => Promise.resolve(NEW_CONNECTION),
    alreadyDone: ['duplicate-key', 'duplicate-name'],
    done: (stored) => expectFields(stored, NEW_CONNECTION),
  },
  'connections/update': {
    key: 'connections/update',
    prepare: async (site) => ({
      id: (await addConnection(site, sites.south, NORTH_KEYS)).id,
      changes: CHANGES,
    }),
    done: (stored) => {
      expectFields(stored, CHANGES);
      expect(stored.record.previousKeyId).toBe(keyIdOf(NORTH_KEYS.local));
    },
  },
  'keys/rotate': {
    key: 'keys/rotate',
    prepare: async (site) => ({ id: (await addConnection(site, sites.south, NORTH_KEYS)).id }),
    alreadyDone: ['rotation-open'],
    done: ({ record }) => {
      expect(record.rotationEndsAt).toBeDefined();
      expect(record.previousKeyId).toBe(keyIdOf(NORTH_KEYS.local));
    },
  },
  'keys/retire': {
    key: 'keys/retire',
    prepare: async (site) => {
      const { id } = await addConnection(site, sites.south, NORTH_KEYS);
      await succeed(site, 'keys/rotate', { id });
      return { id };
    },
    alreadyDone: ['no-rotation'],
    done: ({ record }) => {
      expect(record.rotationEndsAt).toBeUndefined();
      expect(record.previousKeyId).toBeUndefined();
      expect(record.keyId).not.toBe(keyIdOf(NORTH_KEYS.local));
    },
  },
  'connections/remove': {
    key: 'connections/remove',
    prepare: async (site) => {
      const { id } = await addConnection(site, sites.south, NORTH_KEYS);
      await succeed(site, 'keys/rotate', { id });
      await succeed(site, 'connections/test', { id });
      return { id };
    },
    done: undefined,
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
      const first = await call(site, key, request).catch(() => undefined);
      site.setFaults({ kill: undefined });
      completed = first !== undefined;
      if (first) expect(first).toMatchObject({ ok: true });

      // Whatever was interrupted: what opens this site is what its records say, and no more.
      const after = openKeys(site);
      const added = after.filter((id) => !before.includes(id));
      expect(added.length).toBeLessThanOrEqual(1);
      if (key === 'connections/remove' || key === 'keys/retire') expect(added).toEqual([]);

      await sandbox.clock.advance(61_000);
      const again = await call(site, key, request);
      for (const { code } of again.ok ? [] : again.errors)
        expect(story.alreadyDone ?? []).toContain(code);
      // So a refusal is right only where the interrupted call had come through.
      const listed = await succeed(site, 'connections/list', {});
      expect(listed).toHaveLength(story.done ? 1 : 0);
      story.done?.(storedOn(site));
      expectWhole(site);
      for (const { id } of listed) await succeed(site, 'connections/remove', { id });
      expect(everythingStored(site)).toEqual([]);
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

function storedOn(site: TestSite): Stored {
  const { entities, secrets } = site.kvs.dump();
  const [connection] = entities.connection ?? [];
  if (connection === undefined) throw new Error('No connection is stored.');
  return { record: connection[1] as ConnectionRecord, secrets: new Map(secrets) };
}

/** The connection has the name, the URL and, as those in use, the keys that were typed. */
function expectFields(
  { record, secrets }: Stored,
  typed: Pick<
    AdminApi['connections/add']['request'],
    'name' | 'remoteUrl' | 'localKey' | 'remoteKey'
  >,
): void {
  const ending = (end: string): unknown =>
    [...secrets].filter(([name]) => name.endsWith(end)).map(([, value]) => value);
  expect({
    name: record.name,
    remoteUrl: record.remoteUrl,
    keyId: record.keyId,
    localKey: ending(`:${record.keyId}`),
    remoteKey: ending(`:${String(record.remoteKeyId)}`),
  }).toEqual({
    name: typed.name,
    remoteUrl: typed.remoteUrl,
    keyId: keyIdOf(typed.localKey),
    localKey: [typed.localKey],
    remoteKey: [typed.remoteKey],
  });
}
