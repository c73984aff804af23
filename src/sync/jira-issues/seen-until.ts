/** Up to which update of an issue nothing has gone unseen: so the scan need not look at what we have written. */
import { entriesSince, newestEntry } from './history';
import { historyOf, updatedIn, type IssueAnswer } from './issue-answer';
import type { JiraContext } from './jira-context';

/** The issue was read, and what was read is looked at. */
export function sawAll({ seenUntil }: JiraContext, issue: IssueAnswer): void {
  const at = updatedIn(issue);
  if (at !== undefined) seenUntil.set(issue.id, at);
}

/**
 * The issue after a write of ours. Only where nobody else has an entry in its history since it was read: what
 * somebody has done in between has an event, and if that is lost the scan finds it. Comments leave no entry.
 *
 * @param before as it was read; `undefined`: our write has created it
 */
export function sawOurs(
  context: JiraContext,
  before: IssueAnswer | undefined,
  after: IssueAnswer,
): void {
  const { account, seenUntil } = context;
  const isSeen = before === undefined || seenUntil.get(before.id) === updatedIn(before);
  const entries = entriesSince(historyOf(after), before ? newestEntry(before) : null);
  const isOnlyOurs =
    account !== undefined && entries?.every(({ author }) => author === account) === true;
  if (isSeen && isOnlyOurs) sawAll(context, after);
}
