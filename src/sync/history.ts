/** What was lost: values in conflicts, edits of copies. */
import type { SyncContext } from './context';
import { historyKey, type HistoryRecord } from './records';
import type { Dot } from './version';

export interface Loss<Value> {
  issue: string;
  alias: string;
  loser: { dot: Dot; value: Value };
  winner: { dot: Dot };
}

/** Keeps a losing value. The same loss is kept once, however often it is told. */
export function keepLoser<Value>(
  context: SyncContext<Value>,
  { issue, alias, loser, winner }: Loss<Value>,
): Promise<void> {
  const change = changeName(loser.dot);
  const { value } = loser;
  return keep(context, { issue, alias, change, lostTo: changeName(winner.dot) }, value);
}

/** Keeps an edit of a copy, which is not sent to its owner. */
export function keepCopyEdit<Value>(
  context: SyncContext<Value>,
  { issue, comment, hash, body }: { issue: string; comment: string; hash: string; body: unknown },
): Promise<void> {
  const told = { issue, alias: `comment:${comment}`, change: hash, lostTo: 'owner' };
  return keep(context, told, body);
}

async function keep<Value>(
  { connection, store, sources }: SyncContext<Value>,
  told: Pick<HistoryRecord, 'issue' | 'alias' | 'change' | 'lostTo'>,
  value: unknown,
): Promise<void> {
  const { issue, alias, change } = told;
  const record = { ...told, connection, at: sources.now(), value: JSON.stringify(value) };
  await store.put('history', historyKey(connection, issue, alias, change), record);
}

const changeName = ({ site, n }: Dot): string => `${site}:${n}`;
