/** Rows of the outbox. */
import type { Sources } from './ports';
import type { OutboxRow } from './records';

/** A row that is due now, with a fresh token: whoever deals with an older one leaves this one there. */
export function newRow(
  { connection, contract, issue }: Pick<OutboxRow, 'connection' | 'contract' | 'issue'>,
  sources: Sources,
): OutboxRow {
  const now = sources.now();
  return {
    connection,
    issue,
    contract,
    token: sources.newId(),
    since: now,
    nextAttempt: now,
    attempts: 0,
    failed: false,
  };
}

/** Longer than a wake-up is on its way, as a rule. */
const WAKING_MS = 10_000;

/**
 * Whether somebody was woken up for the row just now: he deals with what renews it, too (`watchRows`). Where his
 * wake-up was lost, the tick does.
 */
export const isAwaited = (
  { since, nextAttempt, attempts, failed }: OutboxRow,
  now: number,
): boolean => !failed && attempts === 0 && nextAttempt <= now && now - since < WAKING_MS;

/** The first wait, and the longest. */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** About an hour and a half: what lies with one issue and has not passed by then needs a person. */
const ATTEMPTS = 14;

/**
 * - `issue`: it lies with this one issue: after many attempts it needs a person.
 * - `above`: with its contract or connection, where many wait: it goes on once that is mended.
 */
export type Scope = 'issue' | 'above';

/**
 * The row after an attempt that came to nothing: each wait is twice the one before.
 *
 * @param reason for a person
 * @param retryAfterMs what the remote has asked for
 */
export function postponed(
  row: OutboxRow,
  reason: string,
  now: number,
  scope: Scope,
  retryAfterMs = 0,
): OutboxRow {
  if (scope === 'issue' && row.attempts + 1 >= ATTEMPTS) return failed(row, reason);
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** Math.min(row.attempts, 20), LONGEST_WAIT_MS);
  const nextAttempt = now + Math.max(waitMs, retryAfterMs);
  return { ...row, attempts: row.attempts + 1, nextAttempt, reason };
}

/** The year 2100: a row that is never due. */
const NEVER = Date.UTC(2100, 0);

/** The row of what needs a person. */
export function failed({ isForced: _, ...row }: OutboxRow, reason: string): OutboxRow {
  return { ...row, attempts: row.attempts + 1, failed: true, nextAttempt: NEVER, reason };
}

/** Rows by connection. Answers lag behind the writes. */
export interface OutboxQueries {
  /** Those that are due, the longest due first. */
  due(connection: string, now: number, limit: number): Promise<OutboxRow[]>;
  /** All, up to as many as an admin wants to see. */
  all(connection: string): Promise<OutboxRow[]>;
}
