/** Changes of connections that run at the same time, in random order, some of them killed. */
import { setImmediate } from 'node:timers/promises';
import { keyIdOf } from '../../src/wire/authentication-key';
import type { ConnectionChanges } from '../../src/connection/draft';
import { addConnection, call, checkOf, GENERATED, startTwoSites } from '../support/sites';
import { succeed, type TestSite } from '../support/sites';
import { holdCall } from '../support/hold-call';
import { everythingStored, expectWhole } from '../support/stored-connections';

const URL = 'https://remote.webtrigger.atlassian.app/public/';
const SEEDS = Array.from({ length: 30 }, (_none, index) => index + 1);

test.each(SEEDS)(
  'whatever is changed at once, all that is stored stays whole: seed %i',
  async (seed) => {
    const random = randomFrom(seed);
    const { sandbox, north } = await startTwoSites({ seed });
    try {
      shuffleCalls(north, random);
      north.setFaults({ lagMs: Math.floor(random() * 3) * 500 });
      for (let round = 0; round < 5; round += 1) {
        const ids = (north.kvs.dump().entities.connection ?? []).map(([id]) => id);
        if (random() < 0.6) {
          const when = random() < 0.5 ? 'before' : 'after';
          north.setFaults({ kill: { call: 1 + Math.floor(random() * 25), when } });
        }
        const changes = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
          change(north, ids, random).catch(() => undefined),
        );
        await Promise.all(changes);
        north.setFaults({ kill: undefined });
        if (random() < 0.4) await sandbox.clock.advance(61_000);
        else if (random() < 0.2) await sandbox.clock.advance(7 * 86_400_000 + 1);
      }

      for (let opened = 0; opened < 2; opened += 1) {
        await sandbox.clock.advance(61_000);
        await succeed(north, 'connections/list', {});
      }
      expectWhole(north);
      await sandbox.clock.advance(61_000);
      for (const { id } of await succeed(north, 'connections/list', {})) {
        await succeed(north, 'connections/pause', { id });
        const report = await succeed(north, 'connections/test', { id });
        expect(checkOf(report, 'own-endpoint').status).toBe('passed');
        await succeed(north, 'connections/remove', { id });
      }
      expect(everythingStored(north)).toEqual([]);
    } finally {
      await sandbox.dispose();
    }
  },
);

test('of two changes with new keys, the one that is refused changes nothing', async () => {
  const { sandbox, north, south } = await startTwoSites();
  try {
    const keys = { local: GENERATED.north, remote: GENERATED.south };
    const { id } = await addConnection(north, south, keys);
    const held = holdCall(north, (body) => body.includes('remote of the second'));
    const second = call(north, 'connections/update', {
      id,
      changes: { localKey: 'local of the second', remoteKey: 'remote of the second' },
    });
    await held.reached;
    const first = { localKey: 'local of the first', remoteKey: 'remote of the first' };
    await succeed(north, 'connections/update', { id, changes: first });
    held.release();
    expect(await second).toMatchObject({ ok: false, errors: [{ code: 'rotation-open' }] });
    expectWhole(north);
    const [stored] = north.kvs.dump().entities.connection ?? [];
    expect(stored?.[1]).toMatchObject({
      keyId: keyIdOf(first.localKey),
      remoteKeyId: keyIdOf(first.remoteKey),
    });
    expect(JSON.stringify(north.kvs.dump().secrets)).not.toContain('of the second');
  } finally {
    await sandbox.dispose();
  }
});

test('an end of a rotation that comes late does not end the next one', async () => {
  const { sandbox, north, south } = await startTwoSites();
  try {
    const keys = { local: GENERATED.north, remote: GENERATED.south };
    const { id } = await addConnection(north, south, keys);
    await succeed(north, 'keys/rotate', { id });
    await sandbox.clock.advance(7 * 86_400_000);
    // The list has seen that the rotation is over, and is about to end it.
    const held = holdCall(north, (body) => body.includes(`seen:${id}`));
    const listing = succeed(north, 'connections/list', {});
    await held.reached;
    await succeed(north, 'keys/rotate', { id });
    held.release();
    await listing;
    const [listed] = await succeed(north, 'connections/list', {});
    expect(listed?.rotationEndsAt).toBeDefined();
    expectWhole(north);
  } finally {
    await sandbox.dispose();
  }
});

/** One call, as an admin may make it at any time. */
function change(site: TestSite, ids: string[], random: () => number): Promise<unknown> {
  const pick = <T>(values: readonly [T, ...T[]]): T =>
    values[Math.floor(random() * values.length)] ?? values[0];
  const names = ['A', 'B', 'C'] as const;
  const keys = ['k1', 'k2', 'k3', 'k4'] as const;
  const remoteKeys = ['r1', 'r2', 'r3'] as const;
  const maybe = <T>(part: number, value: T): T | undefined => (random() < part ? value : undefined);
  const id = ids[Math.floor(random() * ids.length)];
  if (id === undefined || random() < 0.2) {
    return call(site, 'connections/add', {
      name: pick(names),
      localUser: 'app',
      localKey: pick(keys),
      remoteKey: maybe(0.7, pick(remoteKeys)),
      remoteUrl: URL + pick(['x', 'y']),
      passive: random() < 0.5,
    });
  }
  const changes: ConnectionChanges = {
    name: maybe(0.3, pick(names)),
    localKey: maybe(0.3, pick(keys)),
    remoteKey: maybe(0.4, pick([...remoteKeys, null])),
    passive: maybe(0.3, random() < 0.5),
    remoteUrl: maybe(0.2, URL + pick(['x', 'y'])),
  };
  return pick([
    () => call(site, 'connections/update', { id, changes }),
    () => call(site, 'connections/update', { id, changes }),
    () => call(site, 'connections/update', { id, changes }),
    () => call(site, 'keys/rotate', { id }),
    () => call(site, 'keys/retire', { id }),
    () => call(site, 'connections/pause', { id }),
    () => call(site, 'connections/resume', { id }),
    () => call(site, 'connections/remove', { id }),
    () => call(site, 'connections/test', { id }),
  ])();
}

/** Each platform call waits a random number of turns, so that invocations overtake each other. */
function shuffleCalls(site: TestSite, random: () => number): void {
  const original = site.callPlatform.bind(site);
  jest.spyOn(site, 'callPlatform').mockImplementation(async (...platformCall) => {
    for (let turns = Math.floor(random() * random() * 12); turns > 0; turns -= 1) {
      await setImmediate();
    }
    return original(...platformCall);
  });
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
