/**
 * What runs every five minutes, Forge's shortest schedule: it wakes up what has no wake-up, asks remotes that may be
 * passive, and once an hour looks for what no event has told of. Nothing chains itself: a thousand chained pushes end a chain (Forge: Async events limits).
 */
import type { ContractRoute } from '../contract/records';
import type { Leases } from './leases';
import type { OutboxQueries } from './outbox';
import type { Sources } from './ports';
import { delayed, type DelayedWake, type Queue } from './queue';

/** A connection that calls out. */
export interface TickedConnection {
  id: string;
  /** Its remote has said that it calls by itself. */
  isRemoteActive: boolean;
}

export interface TickPorts {
  /** Running connections of which this side is not passive. */
  connections: () => Promise<readonly TickedConnection[]>;
  /** Enabled contracts that send, of whatever connection. */
  routes: () => Promise<readonly Pick<ContractRoute, 'connection' | 'contract'>[]>;
  outbox: OutboxQueries;
  leases: Leases;
  queue: Queue;
  sources: Sources;
}

/** When the polls of one tick are due: once a minute until the next. */
const POLL_DELAYS_MS = [0, 60_000, 120_000, 180_000, 240_000];

/** Rows of a connection that one tick wakes up. Forge: Async events limits, 500 events a minute. */
const ROWS = 100;

/** The platform may run a tick twice, and begins it a little early or late. */
const LEASE_MS = 4 * 60_000;

/** An hour, less what a tick may be early. */
const SCAN_LEASE_MS = 58 * 60_000;

/** A connection that has just begun to synchronize is polled by these, too: its first tick may be minutes away. */
export const pollsUntilNextTick = (connection: string): DelayedWake[] =>
  POLL_DELAYS_MS.map((delayMs) => delayed({ kind: 'poll', connection }, delayMs));

export async function tick(ports: TickPorts): Promise<void> {
  const { connections, outbox, leases, queue, sources } = ports;
  const now = sources.now();
  if (!(await leases.take('tick', sources.newId(), now, now + LEASE_MS))) return;
  const wakes: DelayedWake[] = [];
  for (const { id, isRemoteActive } of await connections()) {
    const due = await outbox.due(id, now, ROWS);
    wakes.push(...due.map((row) => ({ wake: { kind: 'deliver' as const, row } })));
    if (!isRemoteActive) wakes.push(...pollsUntilNextTick(id));
  }
  wakes.push(...(await hourlyScans(ports, now)));
  if (wakes.length > 0) await queue.push(wakes);
}

/** What an hour has missed, as its wake-ups were lost, is looked for by the next. */
async function hourlyScans(
  { routes, leases, sources }: TickPorts,
  now: number,
): Promise<DelayedWake[]> {
  if (!(await leases.take('scan', sources.newId(), now, now + SCAN_LEASE_MS))) return [];
  return (await routes()).map(({ connection, contract }) => ({
    wake: { kind: 'scan', connection, contract },
  }));
}
