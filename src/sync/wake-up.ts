/**
 * Rows of the outbox that a piece of work has left there, or that were renewed meanwhile, are woken up when it is
 * over.
 */
import { delayed } from './queue';
import type { OutboxRow } from './records';
import type { SyncPorts } from './sync-ports';

/** What waits longer is the tick's: so no chain of wake-ups goes on for ever. */
const LONGEST_WAKE_UP_MS = 4 * 60_000;

export interface WatchedPorts {
  ports: SyncPorts;
  /**
   * Wakes up each row that was committed by these ports, or could not be, and is to be looked at soon, but not within
   * `leastMs`.
   */
  wakeUp: (leastMs?: number) => Promise<void>;
}

/**
 * Remembers what is left of rows, without reading them again; only a row that was renewed is read. Whoever has
 * renewed it may have woken up nobody (`isAwaited`).
 */
export function watchRows(given: SyncPorts): WatchedPorts {
  const { store, queue, sources } = given;
  const left = new Map<string, OutboxRow | undefined>();
  const renewed = new Set<string>();
  const commit: SyncPorts['store']['commit'] = async (changes) => {
    const isDone = await store.commit(changes);
    for (const change of changes) {
      if (change.entity !== 'outbox') continue;
      if (isDone) {
        left.set(change.key, change.value);
        renewed.delete(change.key);
      } else if (change.when) {
        renewed.add(change.key);
      }
    }
    return isDone;
  };
  return {
    ports: { ...given, store: { ...store, commit } },
    wakeUp: async (leastMs = 0) => {
      for (const key of renewed) left.set(key, await store.find('outbox', key));
      const wakes = [...left.values()].flatMap((row) => {
        if (!row || row.failed) return [];
        const waitMs = Math.max(row.nextAttempt - sources.now(), leastMs);
        return waitMs > LONGEST_WAKE_UP_MS ? [] : [delayed({ kind: 'deliver', row }, waitMs)];
      });
      if (wakes.length > 0) await queue.push(wakes);
    },
  };
}
