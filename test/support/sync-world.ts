/** One site for what stands around the engine: a store in memory, and a Jira that never answers. */
import type { ConnectionRecord } from '../../src/connection/records';
import type { StoredContract } from '../../src/contract/records';
import { JiraError } from '../../src/jira/client';
import type { Change } from '../../src/sync/ports';
import type { DelayedWake } from '../../src/sync/queue';
import type { OutboxRow } from '../../src/sync/records';
import { remoteModes } from '../../src/sync/remote-modes';
import type { Met, SyncPorts } from '../../src/sync/sync-ports';
import { hmacSha256 } from '../../src/wire/signature';
import { HERE, NOW } from './wire-endpoint';

export const CONTRACT: StoredContract = {
  id: 'contract-1',
  name: 'Demo',
  enabled: true,
  direction: 'both',
  project: { id: '1', key: 'DEMO', name: 'Demo' },
  issueTypes: [{ id: '1', name: 'Task', statuses: [] }],
  events: ['create', 'update', 'comment', 'status', 'delete'],
  policy: 'newest',
  internalComments: false,
  onRemoteDelete: 'keep',
  mapping: [],
  fields: [],
  notMapped: [],
  createdAt: '2026-01-05T09:00:00.000Z',
};

const CONNECTION: ConnectionRecord = {
  name: 'To there',
  nameKey: 'name',
  localUser: 'account',
  remoteSite: 'there',
  passive: false,
  state: 'running',
  keyId: 'key',
  createdAt: '2026-01-05T09:00:00.000Z',
  contractsRevision: 1,
  revision: 1,
};

export interface SyncWorld {
  ports: SyncPorts;
  /** Calls of the stores, in their order. */
  calls: string[];
  /** What was written: entity and key. */
  writes: string[];
  pushed: DelayedWake[];
  facts: Map<string, unknown>;
  /** Connection → its contracts. */
  contracts: Map<string, StoredContract[]>;
  /** What was found out when contracts were compared. */
  met: Met[];
}

/** The connections `c-1` and `c-2`, each with one contract. */
export function syncWorld(
  contract: Partial<StoredContract> = {},
  connection: Partial<ConnectionRecord> = {},
): SyncWorld {
  const calls: string[] = [];
  const writes: string[] = [];
  const pushed: DelayedWake[] = [];
  const records = new Map<string, object>();
  const facts = new Map<string, unknown>();
  const contracts = new Map(['c-1', 'c-2'].map((id) => [id, [{ ...CONTRACT, ...contract }]]));
  const met: Met[] = [];
  const record = { ...CONNECTION, ...connection };
  const never = async (): Promise<never> => {
    throw new JiraError('unavailable', 'This Jira never answers');
  };
  const called = <T>(name: string, result: T): Promise<T> => {
    calls.push(name);
    return Promise.resolve(result);
  };
  const write = (entity: string, key: string, value: object | undefined): void => {
    writes.push(`${entity}/${key}`);
    if (value === undefined) records.delete(`${entity}/${key}`);
    else records.set(`${entity}/${key}`, structuredClone(value));
  };
  const holds = ({ entity, key, when }: Change): boolean => {
    if (when === undefined) return true;
    const stored = records.get(`${entity}/${key}`) as Record<string, unknown> | undefined;
    return (
      stored !== undefined && Object.entries(when).every(([name, one]) => stored[name] === one)
    );
  };
  const stores: SyncPorts['stores'] = {
    records: {
      find: (entity, key) => called(entity, find(entity, key)),
      create: never,
      commit: never,
      keysInState: async () => ['c-1', 'c-2'],
    },
    secrets: { find: async () => undefined, set: never, delete: never },
    facts: {
      find: (name) => called('fact', facts.get(name)),
      set: async (name, value) => {
        calls.push('set fact');
        facts.set(name, value);
      },
      delete: async (name) => {
        facts.delete(name);
      },
    },
    follow: async () => [],
  };
  // Each caller says which entity it means: only connections are asked for here.
  const find = (entity: string, key: string): never =>
    (entity === 'connection' && ['c-1', 'c-2'].includes(key) ? record : undefined) as never;
  let ids = 0;
  const sources = { now: () => NOW, newId: () => `id-${(ids += 1)}` };
  const ports: SyncPorts = {
    site: HERE,
    stores,
    contracts: {
      of: async (id) => contracts.get(id) ?? [],
      bind: async () => undefined,
      meet: async (_connection, found) => {
        met.push(...found);
      },
    },
    store: {
      find: (entity, key) =>
        called(`find ${entity}`, structuredClone(records.get(`${entity}/${key}`)) as never),
      put: async (entity, key, value) => {
        const before = structuredClone(records.get(`${entity}/${key}`)) as never;
        write(entity, key, value);
        return before;
      },
      create: async (entity, key, value) => {
        if (records.has(`${entity}/${key}`)) return false;
        write(entity, key, value);
        return true;
      },
      commit: async (changes) => {
        const isDone = changes.every(holds);
        if (isDone) for (const { entity, key, value } of changes) write(entity, key, value);
        return isDone;
      },
    },
    outbox: {
      due: (id, now, limit) =>
        called(
          'due',
          rows()
            .filter((row) => row.connection === id && row.nextAttempt <= now)
            .slice(0, limit),
        ),
      all: async (id) => rows().filter((row) => row.connection === id),
    },
    modes: remoteModes(stores),
    queue: {
      push: async (wakes) => {
        pushed.push(...wakes);
      },
    },
    sources,
    wire: {
      now: sources.now,
      newId: sources.newId,
      hmac: hmacSha256,
      transport: { post: async () => ({ kind: 'unreachable' }) },
    },
    issuesOf: async () => ({
      read: never,
      write: never,
      isStepwise: () => false,
      create: never,
      findByNonce: never,
      remove: never,
      comments: { marks: never, create: never, edit: never, remove: never },
      seenUntil: () => undefined,
      showsTwin: false,
      standing: () => undefined,
      showing: () => ({}),
      updatedIn: never,
    }),
    logUnexpected: (where, error) => {
      throw new Error(`Nothing unexpected happens here: ${where}`, { cause: error });
    },
  };
  const rows = (): OutboxRow[] =>
    [...records].filter(([key]) => key.startsWith('outbox/')).map(([, row]) => row as OutboxRow);
  return { ports, calls, writes, pushed, facts, contracts, met };
}
