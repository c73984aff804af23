/** Keys and names stay where they belong: searched for in everything that leaves the secret store. */
import {
  account,
  addConnection,
  call,
  startTwoSites,
  succeed,
  type TestSite,
  type TwoSites,
} from '../support/sites';

let sites: TwoSites;

beforeEach(async () => {
  sites = await startTwoSites();
});

afterEach(() => sites.sandbox.dispose());

const NORTH = 'north-key é with "quotes" & spaces';
const SOUTH = 'south-key ü <tags> and % signs';
const NAMES = { north: 'Zanzibar programme', south: 'Quito programme' };

test('no key is in any log, answer, error, URL or plain entry, in any form', async () => {
  const { north, south } = sites;
  const answers: unknown[] = [];
  const told = async (promise: Promise<unknown>): Promise<void> => {
    answers.push(await promise.catch((error: unknown) => String(error)));
  };
  const there = await addConnection(north, south, { local: NORTH, remote: SOUTH });
  const here = await addConnection(south, north, { local: SOUTH, remote: NORTH });
  answers.push(there, here);
  await told(call(north, 'connections/test', { id: there.id }));
  await told(call(south, 'connections/test', { id: here.id }));
  await told(
    call(north, 'connections/add', {
      name: 'Again',
      localUser: 'app',
      localKey: NORTH,
      remoteKey: NORTH,
      passive: true,
    }),
  );
  await told(call(north, 'connections/update', { id: there.id, changes: { localKey: SOUTH } }));
  await told(call(north, 'connections/add', { localKey: NORTH } as never));
  await told(call(north, 'keys/rate', { key: NORTH }));
  await told(call(north, 'connections/list', {}));
  for (const when of ['before', 'after'] as const) {
    for (let number = 1; number < 12; number += 1) {
      north.setFaults({ kill: { call: number, when } });
      await told(call(north, 'connections/update', { id: there.id, changes: { localKey: NORTH } }));
      await told(call(north, 'connections/test', { id: there.id }));
    }
  }
  north.setFaults({ kill: undefined });

  for (const site of [north, south]) {
    const { plain, entities } = site.kvs.dump();
    const seen = JSON.stringify({
      answers,
      logs: site.logs,
      traffic: site.traffic,
      plain,
      entities,
    });
    for (const form of [...formsOf(NORTH), ...formsOf(SOUTH)]) {
      expect(seen.includes(form) ? `found ${form}` : 'nowhere').toBe('nowhere');
    }
  }
});

test('no connection’s name and no mail address is in any request or answer on the wire', async () => {
  const { north, south } = sites;
  const there = await addConnection(
    north,
    south,
    { local: NORTH, remote: SOUTH },
    { name: NAMES.north },
  );
  const here = await addConnection(
    south,
    north,
    { local: SOUTH, remote: NORTH },
    { name: NAMES.south },
  );
  await succeed(north, 'connections/test', { id: there.id });
  await succeed(south, 'connections/test', { id: here.id });
  const wire = JSON.stringify([north.traffic, south.traffic].flat().filter(isWire));
  expect(wire.length).toBeGreaterThan(1000);
  for (const secret of [NAMES.north, NAMES.south, 'Zanzibar', 'Quito', '@']) {
    expect(wire.includes(secret) ? `found ${secret}` : 'nowhere').toBe('nowhere');
  }
  expect(wire).not.toContain(account(north, 'sync'));
  expect(wire).not.toContain(account(south, 'sync'));
});

function isWire({ url }: TestSite['traffic'][number]): boolean {
  return url.includes('/public/');
}

/** A key as it could appear: plain, as JSON, URL-encoded, base64, base64url, hex. */
function formsOf(key: string): string[] {
  const bytes = Buffer.from(key, 'utf8');
  return [
    key,
    JSON.stringify(key).slice(1, -1),
    JSON.stringify(JSON.stringify(key)).slice(3, -3),
    encodeURIComponent(key),
    new URLSearchParams({ key }).toString().slice('key='.length),
    // Base64 of a part: whatever the alignment, one of the three is in it.
    ...[0, 1, 2].map((offset) => bytes.subarray(offset).toString('base64').slice(0, 24)),
    bytes.toString('base64url').slice(0, 24),
    bytes.toString('hex'),
  ];
}
