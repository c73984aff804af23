/** The scan in parts: what it records, where it stops, and from where the next one goes on. */
import { factName } from '../../src/connection/records';
import type { UpdatedPage } from '../../src/sync/ports';
import type { Wake } from '../../src/sync/queue';
import type { LinkRecord } from '../../src/sync/records';
import { scan } from '../../src/sync/scan';
import { CONTRACT, syncWorld } from '../support/sync-world';
import { NOW } from '../support/wire-endpoint';

const WAKE = { kind: 'scan', connection: 'c-1', contract: CONTRACT.id } as const;
const HOUR_MS = 60 * 60_000;

const LINK: LinkRecord = {
  connection: 'c-1',
  issue: '77',
  contract: CONTRACT.id,
  remote: '10',
  state: 'linked',
  origin: { site: 'there', issue: '10' },
  path: ['there', 'here'],
  aliases: {},
  seenUntil: NOW - 1_000,
  revision: 1,
};

/** A world whose Jira has these pages of issues that were updated. */
function worldOf(pages: UpdatedPage['issues'][], ...changes: Parameters<typeof syncWorld>) {
  const world = syncWorld(...changes);
  const asked: { minutes: number; after: string | undefined }[] = [];
  const { issuesOf } = world.ports;
  const ports: typeof world.ports = {
    ...world.ports,
    issuesOf: async (contract, connection) => ({
      ...(await issuesOf(contract, connection)),
      updatedIn: async (minutes, after) => {
        asked.push({ minutes, after });
        const at = Number(after ?? 0);
        const next = at + 1 < pages.length ? { next: String(at + 1) } : {};
        return { issues: pages[at] ?? [], ...next };
      },
    }),
  };
  const since = async () =>
    (
      (await ports.stores.facts.find(factName.scans('c-1'))) as Record<string, number> | undefined
    )?.[CONTRACT.id];
  return { ...world, ports, asked, since };
}

const pageOf = (page: number): UpdatedPage['issues'] =>
  Array.from({ length: 100 }, (_, index) => ({
    issue: String(page * 100 + index),
    updatedAt: NOW - 50_000 + page,
  }));

const issue = (updatedAt: number): UpdatedPage['issues'] => [{ issue: '77', updatedAt }];

const scansIn = (pushed: ReturnType<typeof worldOf>['pushed']) =>
  pushed.flatMap(({ wake, delaySeconds }) =>
    wake.kind === 'scan' ? [{ wake, delaySeconds }] : [],
  );

test('what fills one wake-up goes on in another, a minute later, on the same question', async () => {
  const createdAt = new Date(NOW - HOUR_MS).toISOString();
  const world = worldOf([0, 1, 2, 3].map(pageOf), { createdAt });
  await scan(world.ports, WAKE);
  expect(world.writes).toHaveLength(300);
  expect(await world.since()).toBeUndefined();
  const [next, ...others] = scansIn(world.pushed);
  expect(others).toEqual([]);
  expect(next).toMatchObject({ delaySeconds: 60, wake: { from: { page: '3', parts: 2 } } });
  await scan(world.ports, next?.wake ?? WAKE);
  expect(world.writes).toHaveLength(400);
  expect(world.asked.map(({ after }) => after)).toEqual([undefined, '1', '2', '3']);
  expect(new Set(world.asked.map(({ minutes }) => minutes)).size).toBe(1);
  expect(scansIn(world.pushed)).toHaveLength(1);
  expect(await world.since()).toBe(NOW - HOUR_MS);
});

test('the last part makes no other: the next scan goes on where it has stopped', async () => {
  const world = worldOf([0, 1, 2, 3].map(pageOf));
  const from = { begunAt: NOW, since: NOW - 60_000, minutes: 1, page: '0', parts: 50 };
  await scan(world.ports, { ...WAKE, from });
  expect(scansIn(world.pushed)).toEqual([]);
  expect(await world.since()).toBe(NOW - 50_000 + 2);
});

test('a scan looks an hour further back than the one before, and never before the contract was there', async () => {
  const createdAt = new Date(NOW - 10 * HOUR_MS).toISOString();
  const world = worldOf([[]], { createdAt });
  await scan(world.ports, WAKE);
  await scan(world.ports, WAKE);
  // And five minutes, by which clocks may differ.
  expect(world.asked.map(({ minutes }) => minutes)).toEqual([605, 65]);
  const young = worldOf([issue(NOW - 60_000)], { createdAt: new Date(NOW - 30_000).toISOString() });
  await scan(young.ports, WAKE);
  await scan(young.ports, WAKE);
  expect(young.asked.map(({ minutes }) => minutes)).toEqual([6, 6]);
  expect(young.writes).toEqual([]);
});

test('however long a contract was disabled, a month is looked for', async () => {
  const world = worldOf([[]], { createdAt: '2001-01-01T00:00:00.000Z' });
  await scan(world.ports, WAKE);
  expect(world.asked).toEqual([{ minutes: 30 * 24 * 60 + 5, after: undefined }]);
});

test('an issue is behind where its link has not seen its last update', async () => {
  const world = worldOf([issue(NOW)]);
  await world.ports.store.put('link', 'c-1:77', LINK);
  world.writes.length = 0;
  await scan(world.ports, WAKE);
  expect(world.writes).toEqual(['outbox/c-1:77']);
  expect(world.pushed).toMatchObject([{ wake: { kind: 'deliver', row: { issue: '77' } } }]);
});

test.each([
  ['has seen the last update', { seenUntil: NOW }],
  ['is of an issue that was deleted', { state: 'gone' }],
  ['is not wanted by the remote', { state: 'refused' }],
] satisfies [string, Partial<LinkRecord>][])(
  'a link that %s: nothing is written',
  async (_what, link) => {
    const world = worldOf([issue(NOW)]);
    await world.ports.store.put('link', 'c-1:77', { ...LINK, ...link });
    world.writes.length = 0;
    await scan(world.ports, WAKE);
    expect({ writes: world.writes, pushed: world.pushed }).toEqual({ writes: [], pushed: [] });
  },
);

test('a row that is there already stays as it is', async () => {
  const world = worldOf([issue(NOW)]);
  const row = { connection: 'c-1', contract: CONTRACT.id, issue: '77', token: 'first' };
  const times = { since: NOW, nextAttempt: NOW, attempts: 3, failed: false };
  await world.ports.store.put('outbox', 'c-1:77', { ...row, ...times });
  await scan(world.ports, WAKE);
  expect(await world.ports.store.find('outbox', 'c-1:77')).toMatchObject({ token: 'first' });
  expect(world.pushed).toEqual([]);
});

test('an issue without a link is left alone by a contract that sends no new ones', async () => {
  const world = worldOf([issue(NOW)], { events: ['update'] });
  await scan(world.ports, WAKE);
  expect(world.writes).toEqual([]);
});

test('a passive side wakes nobody up', async () => {
  const world = worldOf([issue(NOW)], {}, { passive: true });
  await scan(world.ports, WAKE);
  expect(world.writes).toEqual(['outbox/c-1:77']);
  expect(world.pushed).toEqual([]);
});

test.each([
  ['a paused connection', {}, { state: 'paused' }],
  ['a disabled contract', { enabled: false }, {}],
  ['a contract that only receives', { direction: 'receive' }, {}],
] satisfies [string, ...Required<Parameters<typeof syncWorld>>][])(
  '%s is not scanned',
  async (_what, contract, connection) => {
    const world = worldOf([issue(NOW)], contract, connection);
    await scan(world.ports, WAKE);
    expect(world.asked).toEqual([]);
    expect(await world.since()).toBeUndefined();
  },
);

test('where Jira does not answer, the next scan begins where this one has', async () => {
  const world = syncWorld();
  await scan(world.ports, WAKE);
  const wakes: Wake[] = world.pushed.map(({ wake }) => wake);
  expect({ wakes, writes: world.writes }).toEqual({ wakes: [], writes: [] });
  expect(await world.ports.stores.facts.find(factName.scans('c-1'))).toBeUndefined();
});
