/** What stands between Jira's events and the queue: what is recorded, what is an echo, and what it costs. */
import { acceptedNotes } from '../../src/connection/find-caller';
import type { ContractRoute } from '../../src/contract/records';
import { applyMessages } from '../../src/sync/apply-messages';
import { openConnection } from '../../src/sync/open-connection';
import { recordEvent, type IssueEvent } from '../../src/sync/record-event';
import type { LinkRecord, OutboxRow } from '../../src/sync/records';
import { tick } from '../../src/sync/tick';
import { CONTRACT, syncWorld, type SyncWorld } from '../support/sync-world';
import { NOW } from '../support/wire-endpoint';

const ROUTE: ContractRoute = {
  connection: 'c-1',
  contract: CONTRACT.id,
  project: '1',
  issueTypes: ['1'],
  localUser: 'account',
  passive: false,
};

const LINK: LinkRecord = {
  connection: 'c-1',
  issue: '77',
  contract: CONTRACT.id,
  remote: '10',
  state: 'linked',
  origin: { site: 'there', issue: '10' },
  path: ['there', 'here'],
  aliases: {},
  comments: { '5': { owner: 'there', there: '50', n: 1, dirty: false, hash: 'h' } },
  echoes: ['900'],
  revision: 1,
};

const EVENT: IssueEvent = {
  kind: 'changed',
  issue: '77',
  project: '1',
  issueType: '1',
  author: 'somebody',
  isOwn: false,
  change: '901',
};

const ROW: OutboxRow = {
  connection: 'c-1',
  issue: '77',
  contract: CONTRACT.id,
  token: 'before',
  since: NOW,
  nextAttempt: NOW,
  attempts: 0,
  failed: false,
};

/** @param before a row of the issue that is there already */
async function record(
  event: Partial<IssueEvent>,
  route: Partial<ContractRoute> = {},
  before?: Partial<OutboxRow>,
): Promise<SyncWorld & { reads: number }> {
  const world = syncWorld();
  await world.ports.store.put('link', 'c-1:77', LINK);
  if (before) await world.ports.store.put('outbox', 'c-1:77', { ...ROW, ...before });
  world.writes.length = 0;
  let reads = 0;
  await recordEvent(
    { ...EVENT, ...event },
    {
      ...world.ports,
      connections: async () => ['c-1', 'c-2'],
      routes: async () => {
        reads += 1;
        return { routes: [{ ...ROUTE, ...route }], revision: 1 };
      },
    },
  );
  return { ...world, reads: reads + world.calls.length };
}

test('a change by a person is written down and woken up for, by two calls of the store', async () => {
  const { reads, writes, pushed } = await record({});
  expect(writes).toEqual(['outbox/c-1:77']);
  expect(reads).toBe(1);
  expect(pushed).toMatchObject([{ wake: { kind: 'deliver', row: { issue: '77', attempts: 0 } } }]);
});

test.each([
  ['our write', { author: 'account', change: '900' }],
  ['our write, told as the app’s own', { isOwn: true, change: '900' }],
  ['our copy of a comment', { kind: 'commented', author: 'account', comment: '5' }],
  ['the issue that we have created', { kind: 'created', author: 'account' }],
] satisfies [string, Partial<IssueEvent>][])('%s is an echo: two reads', async (_what, event) => {
  const { reads, writes, pushed } = await record(event);
  expect({ reads, writes, pushed }).toEqual({ reads: 2, writes: [], pushed: [] });
});

test.each([
  ['a change of the same account by hand', { author: 'account', change: '901' }],
  ['a change by another with the id of an echo', { change: '900' }],
  ['a comment of its own', { kind: 'commented', author: 'account', comment: '6' }],
] satisfies [string, Partial<IssueEvent>][])('%s is recorded', async (_what, event) => {
  expect((await record(event)).writes).toEqual(['outbox/c-1:77']);
});

test('of several events of one issue at once the first one wakes up', async () => {
  const { writes, pushed } = await record({}, {}, { since: NOW - 2_000, nextAttempt: NOW - 2_000 });
  expect({ writes, pushed }).toEqual({ writes: ['outbox/c-1:77'], pushed: [] });
});

test.each([
  ['is older', { since: NOW - 60_000, nextAttempt: NOW - 60_000 }, {}],
  ['waits', { attempts: 1, nextAttempt: NOW + 5_000 }, {}],
  ['has failed', { failed: true }, {}],
  ['was written by the same event, which has come to nothing', {}, { isRepeated: true }],
])('an event wakes up where the row that is there %s', async (_what, before, event) => {
  expect((await record(event, {}, before)).pushed).toHaveLength(1);
});

test('an issue that is deleted before the connection that has created it knows of it is not created again', async () => {
  const { ports } = syncWorld();
  const origin = { site: 'elsewhere', issue: '3' };
  // It went on to `c-1` at once; the function that has created it for `c-2` was ended.
  const link: LinkRecord = { ...LINK, origin, path: ['elsewhere', 'here'] };
  await ports.store.put('link', 'c-1:77', link);
  const intent = { connection: 'c-2', nonce: 'nonce', since: NOW - 3_600_000 };
  await ports.store.put('origin', 'elsewhere:3', intent);
  const connections = async () => ['c-1', 'c-2'];
  const routes = async () => ({ routes: [ROUTE], revision: 1 });
  await recordEvent({ ...EVENT, kind: 'deleted' }, { ...ports, connections, routes });
  const connection = await openConnection(ports, 'c-2');
  if (!connection) throw new Error('There is no connection c-2');
  const contract = { id: 'theirs', name: CONTRACT.name };
  const path = ['elsewhere', 'there'];
  const told = { issue: '3', token: 't', contract, policy: 'newest', origin, path, aliases: {} };
  const results = await applyMessages(ports, connection, [told], Infinity);
  expect(results).toEqual([{ outcome: 'rejected', reason: 'gone' }]);
});

test('another project or type is nobody’s; what the event does not tell may be anybody’s', async () => {
  expect((await record({ project: '2' })).writes).toEqual([]);
  expect((await record({ issueType: '2' })).writes).toEqual([]);
  const { project: _, issueType: __, ...untold } = EVENT;
  const world = syncWorld();
  const routes = async () => ({ routes: [ROUTE], revision: 1 });
  await recordEvent(untold, { ...world.ports, routes, connections: async () => [] });
  expect(world.writes).toEqual(['outbox/c-1:77']);
});

test('a passive side records, and wakes nobody up', async () => {
  const { writes, pushed } = await record({}, { passive: true });
  expect(writes).toEqual(['outbox/c-1:77']);
  expect(pushed).toEqual([]);
});

test('of two ticks at once one works; the next one does again', async () => {
  const { ports, pushed } = syncWorld();
  let until = 0;
  let now = NOW;
  const run = () =>
    tick({
      ...ports,
      sources: { ...ports.sources, now: () => now },
      connections: async () => [
        { id: 'c-1', isRemoteActive: false },
        { id: 'c-2', isRemoteActive: true },
      ],
      routes: async () => [],
      leases: {
        take: async (_name, _owner, at, to) => {
          if (until > at) return false;
          until = to;
          return true;
        },
      },
    });
  await Promise.all([run(), run()]);
  expect(pushed.map(({ wake, delaySeconds = 0 }) => [wake.kind, delaySeconds])).toEqual(
    [0, 60, 120, 180, 240].map((seconds) => ['poll', seconds]),
  );
  now += 5 * 60_000;
  await run();
  expect(pushed).toHaveLength(10);
});

test('that a request was accepted is written once an hour, and asked for once in a process', async () => {
  const { ports, calls } = syncWorld();
  const note = acceptedNotes(ports.stores);
  for (let minute = 0; minute < 60; minute += 10) await note('c-1', NOW + minute * 60_000);
  expect(calls).toEqual(['fact', 'set fact', 'connection']);
  await note('c-1', NOW + 60 * 60_000);
  expect(calls.filter((call) => call === 'set fact')).toHaveLength(2);
});

test('a remote that says that it calls by itself is believed for an hour', async () => {
  const { ports, calls } = syncWorld();
  for (let count = 0; count < 3; count += 1) await ports.modes.note('c-1', 'active', NOW + count);
  expect(calls.filter((call) => call === 'set fact')).toHaveLength(1);
  expect(await ports.modes.isActive('c-1', NOW + 59 * 60_000)).toBe(true);
  expect(await ports.modes.isActive('c-1', NOW + 61 * 60_000)).toBe(false);
  await ports.modes.note('c-1', 'passive', NOW + 5);
  expect(await ports.modes.isActive('c-1', NOW + 6)).toBe(false);
});
