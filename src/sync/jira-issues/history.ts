/**
 * What Jira's changelog tells of our own writes. It does not name them: an entry has an author, a time and the
 * fields that changed, with what they were. So a write leaves on the issue which entry was the newest before it
 * (its anchor), and its own entry is the oldest one behind that by our account that names the field.
 *
 * What cannot be told: by one account, whether an entry is of this write or of whatever else was written as
 * that account between our reading and our writing, by another connection or by hand. Where the anchor is not
 * among the entries that come with an issue, nothing can be told, and nothing counts as ours.
 */
import type { History, HistoryEntry, HistoryItem, HistoryValue, IssueAnswer } from './issue-answer';
import { historyOf } from './issue-answer';

/** Id of the newest entry before a write; `null`: there was none. */
export type Since = string | null;

export const newestEntry = (issue: IssueAnswer): Since => historyOf(issue).entries[0]?.id ?? null;

/** The newest change of a field that Jira tells of. */
export const newestChange = ({ entries }: History, fieldId: string): HistoryEntry | undefined =>
  entries.find((entry) => itemOf(entry, fieldId) !== undefined);

const itemOf = ({ items }: HistoryEntry, fieldId: string): HistoryItem | undefined =>
  items.find(({ field }) => field === fieldId);

/** The entries that came after the anchor, newest first; `undefined`: not all of them are told. */
export function entriesSince(
  { entries, isComplete }: History,
  since: Since,
): HistoryEntry[] | undefined {
  if (since === null) return isComplete ? entries : undefined;
  const index = entries.findIndex(({ id }) => id === since);
  return index < 0 ? undefined : entries.slice(0, index);
}

export interface FieldHistory {
  /** Whether nobody has changed the field since the write. */
  isOurs: boolean;
  /** Somebody has changed it between our reading and our writing: what the write has replaced, and since when it was so. */
  unseen?: { value: HistoryValue; at: number };
}

/**
 * What became of a field since the anchor. Of a write that takes several steps, all of them are ours.
 *
 * @param which of our entries is the write's: the newest in the answer to the write itself; the oldest later on,
 *   or of several steps
 * @returns `undefined`: it is not told
 */
export function fieldSince(
  history: History,
  fieldId: string,
  since: Since,
  account: string | undefined,
  which: 'newest' | 'oldest',
): FieldHistory | undefined {
  const entries = entriesSince(history, since)?.filter((entry) => itemOf(entry, fieldId));
  if (!entries) return undefined;
  const isByUs = ({ author }: HistoryEntry) => account !== undefined && author === account;
  const [newest] = entries;
  // It was so already, or the issue was created with it: that leaves no entry.
  if (!newest) return { isOurs: true };
  const index = which === 'newest' ? entries.findIndex(isByUs) : entries.findLastIndex(isByUs);
  const ours = entries[index];
  if (!ours) return { isOurs: false };
  const before = entries[index + 1];
  const replaced = itemOf(ours, fieldId);
  return {
    isOurs: isByUs(newest),
    ...(before && replaced ? { unseen: { value: replaced.from, at: before.at } } : {}),
  };
}

/**
 * Id of the entry that one request has made: by our account, and of nothing but the fields that it named. Where
 * there are several, another connection writes as the same account, and its change must not be taken for an echo:
 * then none counts, which costs a reading.
 */
export function entryOfRequest(
  history: History,
  since: Since,
  account: string | undefined,
  fieldIds: readonly string[],
): string[] {
  const ours = (entriesSince(history, since) ?? []).filter(
    ({ author, items }) =>
      account !== undefined &&
      author === account &&
      items.every(({ field }) => fieldIds.includes(field)),
  );
  return ours.length === 1 ? ours.map(({ id }) => id) : [];
}

/** Ids of the entries that we have made since the anchor. */
export const entriesOf = (history: History, since: Since, account: string | undefined): string[] =>
  (entriesSince(history, since) ?? [])
    .filter(({ author }) => account !== undefined && author === account)
    .map(({ id }) => id);
