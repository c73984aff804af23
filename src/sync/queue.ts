/** Waking the app up. A wake-up only saves time: what must not be lost is in the outbox. */
import { z } from 'zod';
import type { OutboxRow } from './records';

const rowSchema: z.ZodType<OutboxRow> = z.object({
  connection: z.string(),
  issue: z.string(),
  contract: z.string(),
  token: z.string(),
  since: z.number(),
  nextAttempt: z.number(),
  attempts: z.number(),
  failed: z.boolean(),
  isForced: z.boolean().exactOptional(),
});

export const wakeSchema = z.discriminatedUnion('kind', [
  /** An outbox row that was put just now, or is due: it saves a read, and an old one does no harm. */
  z.object({ kind: z.literal('deliver'), row: rowSchema }),
  /**
   * Ask the remote of a connection whether it has something: it may be passive. `follows`: it was pushed because
   * another one has brought something.
   */
  z.object({
    kind: z.literal('poll'),
    connection: z.string(),
    follows: z.boolean().exactOptional(),
  }),
  /** Look for changes that no event has told of; `from`: where the one before has stopped. */
  z.object({
    kind: z.literal('scan'),
    connection: z.string(),
    contract: z.string(),
    from: z
      .object({
        begunAt: z.number(),
        since: z.number(),
        minutes: z.number(),
        page: z.string(),
        parts: z.number(),
      })
      .exactOptional(),
  }),
]);
export type Wake = z.infer<typeof wakeSchema>;

export interface DelayedWake {
  wake: Wake;
  /** None: now. At most 900. */
  delaySeconds?: number;
}

export interface Queue {
  /** @throws where the platform does not take them: the tick finds what was to be woken up */
  push(wakes: readonly DelayedWake[]): Promise<void>;
}

/** For a poll or a row that is to be looked at in a while. */
export const delayed = (wake: Wake, delayMs: number): DelayedWake => ({
  wake,
  ...(delayMs > 0 ? { delaySeconds: Math.ceil(delayMs / 1000) } : {}),
});
