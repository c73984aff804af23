/** The losing values of conflicts. */
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
export async function keepLoser<Value>(
  { connection, store, sources }: SyncContext<Value>,
  { issue, alias, loser, winner }: Loss<Value>,
): Promise<void> {
  const change = changeName(loser.dot);
  const record: HistoryRecord = {
    connection,
    issue,
    alias,
    at: sources.now(),
    change,
    value: JSON.stringify(loser.value),
    lostTo: changeName(winner.dot),
  };
  await store.put('history', historyKey(connection, issue, alias, change), record);
}

const changeName = ({ site, n }: Dot): string => `${site}:${n}`;
