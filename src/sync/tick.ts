/**
 * What runs every five minutes, Forge's shortest schedule: it wakes up what has no wake-up, and asks remotes that
 * may be passive. Nothing chains itself: a thousand chained pushes end a chain (Forge: Async events limits).
 */
import type { OutboxQueries } from './outbox';
import type { Sources } from './ports';
import type { DelayedWake, Queue } from './queue';

/** A connection that calls out. */
export interface TickedConnection {
  id: string;
  /** Its remote has said that it calls by itself. */
  isRemoteActive: boolean;
}

export interface TickPorts {
  /** Running connections of which this side is not passive. */
  connections: () => Promise<readonly TickedConnection[]>;
  outbox: OutboxQueries;
  queue: Queue;
  sources: Sources;
}

/** When the polls of one tick are due: once a minute until the next. */
const POLL_DELAYS = [0, 60, 120, 180, 240];

/** Rows of a connection that one tick wakes up. Forge: Async events limits, 500 events a minute. */
const ROWS = 100;

export async function tick({ connections, outbox, queue, sources }: TickPorts): Promise<void> {
  const now = sources.now();
  const wakes: DelayedWake[] = [];
  for (const { id, isRemoteActive } of await connections()) {
    const due = await outbox.due(id, now, ROWS);
    wakes.push(...due.map((row) => ({ wake: { kind: 'deliver' as const, row } })));
    if (isRemoteActive) continue;
    wakes.push(
      ...POLL_DELAYS.map((delaySeconds) => ({
        wake: { kind: 'poll' as const, connection: id },
        delaySeconds,
      })),
    );
  }
  if (wakes.length > 0) await queue.push(wakes);
}
