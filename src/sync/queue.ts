/** Waking the app up. A wake-up only saves time: what must not be lost is in the outbox. */
import type { OutboxRow } from './records';

export type Wake =
  /** An outbox row that was put just now, or is due. */
  | { kind: 'deliver'; row: OutboxRow }
  /** Ask the remote of a connection whether it has something: it may be passive. */
  | { kind: 'poll'; connection: string };

export interface DelayedWake {
  wake: Wake;
  /** None: now. */
  delaySeconds?: number;
}

export interface Queue {
  /** @throws where the platform does not take them: the tick finds what was to be woken up */
  push(wakes: readonly DelayedWake[]): Promise<void>;
}
