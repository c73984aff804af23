/** Wake-ups on the platform's queue. */
import { Queue as ForgeQueue, type PushEvent } from '@forge/events';
import type { DelayedWake, Queue, Wake } from '../sync/queue';

/** Key of the queue in `manifest.yml`. */
const queue = new ForgeQueue({ key: 'sync' });

/** Forge: Async events limits, "Event per request". */
const EVENTS_PER_REQUEST = 50;

export const forgeQueue: Queue = {
  async push(wakes) {
    for (let from = 0; from < wakes.length; from += EVENTS_PER_REQUEST) {
      await queue.push(wakes.slice(from, from + EVENTS_PER_REQUEST).map(eventOf));
    }
  },
};

const eventOf = ({ wake, delaySeconds }: DelayedWake): PushEvent => ({
  body: bodyOf(wake),
  ...(delaySeconds === undefined ? {} : { delayInSeconds: delaySeconds }),
  // Two of one issue would only wait for each other.
  concurrency: { key: concurrencyKey(wake), limit: 1 },
});

/** A reason is for people, and may be long: it stays in the store. */
function bodyOf(wake: Wake): PushEvent['body'] {
  if (wake.kind !== 'deliver') return { ...wake };
  const { reason: _, ...row } = wake.row;
  return { kind: wake.kind, row };
}

function concurrencyKey(wake: Wake): string {
  if (wake.kind === 'poll') return `poll:${wake.connection}`;
  if (wake.kind === 'scan') return `scan:${wake.connection}:${wake.contract}`;
  const { connection, issue } = wake.row;
  return `${connection}:${issue}`;
}
