/** Rows of the outbox. */
import type { Sources } from './ports';
import type { OutboxRow } from './records';

/** A row that is due now, with a fresh token: whoever deals with an older one leaves this one there. */
export function newRow(connection: string, issue: string, sources: Sources): OutboxRow {
  const now = sources.now();
  return {
    connection,
    issue,
    token: sources.newId(),
    since: now,
    nextAttempt: now,
    attempts: 0,
  };
}

/** The first wait, and the longest. */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** The row after an attempt that came to nothing: each wait is twice the one before. */
export function postponed(row: OutboxRow, reason: string, now: number): OutboxRow {
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** row.attempts, LONGEST_WAIT_MS);
  return { ...row, attempts: row.attempts + 1, nextAttempt: now + waitMs, reason };
}
