/** Changing a row of the outbox that nobody has renewed: an event in between keeps its own row. */
import { failed, postponed, type Scope } from './outbox';
import type { Change, Sources, Store } from './ports';
import { linkKey, type OutboxRow } from './records';

interface RowPorts {
  store: Pick<Store, 'commit'>;
}

/** The step of a transaction that replaces a row, or deletes it, if it still has its token. */
export const rowChange = (
  { connection, issue, token }: OutboxRow,
  value: OutboxRow | undefined,
): Change => ({
  entity: 'outbox',
  key: linkKey(connection, issue),
  value,
  when: { token },
});

/** Takes a row away: there is nothing to do for it, or nobody will ever ask for it. */
export async function dropRow({ store }: RowPorts, row: OutboxRow): Promise<undefined> {
  await store.commit([rowChange(row, undefined)]);
  return undefined;
}

/** Puts a row off. @param reason for a person */
export async function postpone(
  { store, sources }: RowPorts & { sources: Pick<Sources, 'now'> },
  row: OutboxRow,
  reason: string,
  scope: Scope = 'issue',
  retryAfterMs?: number,
): Promise<undefined> {
  const value = postponed(row, reason, sources.now(), scope, retryAfterMs);
  await store.commit([rowChange(row, value)]);
  return undefined;
}

/** Leaves a row to a person. */
export async function failRow({ store }: RowPorts, row: OutboxRow, reason: string): Promise<void> {
  await store.commit([rowChange(row, failed(row, reason))]);
}
