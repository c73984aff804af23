/** What becomes of a row of the outbox and its link once the remote has answered. */
import type { SyncContext } from './context';
import { isDirty, nextRevision } from './link';
import type { Deferral, IssueResult } from './messages';
import { failed, postponed, type Scope } from './outbox';
import { failRow, postpone, rowChange } from './outbox-rows';
import { DEFERRED, HERE, REJECTED } from './reasons';
import type { LinkRecord, OutboxRow } from './records';
import { afterResult, refusalsTold } from './result';
import { showTwin } from './show-twin';

/** Takes a result: what the remote has seen is clean, what it has refused is kept with its reason. */
export async function settle<Value>(
  context: SyncContext<Value>,
  row: OutboxRow,
  link: LinkRecord,
  result: IssueResult,
): Promise<void> {
  switch (result.outcome) {
    case 'deferred':
      return postpone(context, row, DEFERRED[result.reason], scopeOf(result.reason));
    case 'failed':
      return failRow(context, row, result.reason);
    case 'rejected':
      // The remote has no link of these two: it was removed there, or was never told of.
      if (result.reason === 'unknown-twin') return postpone(context, row, REJECTED[result.reason]);
      return finish(context, row, afterRejection(link, result.reason));
    case 'done': {
      const told = (known: LinkRecord) => afterResult(known, result);
      const after = await showTwin(context, link, told, result.standing);
      if (!after) return postpone(context, row, HERE.busy);
      return finish(context, row, after);
    }
  }
}

/** A contract that is not there yet, and a Jira that does not answer, hold up many. */
const scopeOf = (reason: Deferral): Scope => (ABOVE.includes(reason) ? 'above' : 'issue');

const ABOVE: readonly Deferral[] = [
  'unavailable',
  'local-user',
  'no-contract',
  'bound-elsewhere',
  'policy',
  'mapping',
];

function afterRejection(
  { tellsGone: _told, ...link }: LinkRecord,
  reason: 'cycle' | 'present' | 'gone',
): LinkRecord {
  const isGone = reason === 'gone' || link.state === 'gone';
  return { ...link, state: isGone ? 'gone' : 'refused' };
}

/**
 * The row goes with the commit of the link, unless an event has renewed it. It stays where the remote has not
 * seen all that we have, for another look, and where it has refused something, for a person.
 */
export async function finish<Value>(
  context: SyncContext<Value>,
  row: OutboxRow,
  after: LinkRecord,
): Promise<void> {
  const { store, sources, rules } = context;
  const commitLink = nextRevision(after);
  const isOver = after.state === 'refused' || !isDirty(after, rules);
  const told = refusalsTold(after, rules);
  const rest = isOver
    ? told === undefined
      ? undefined
      : failed(row, told)
    : postponed(row, HERE['not-all-seen'], sources.now(), 'issue');
  if (await store.commit([commitLink, rowChange(row, rest)])) return;
  // Only the row was renewed, or the link has changed as well: then it is looked at anew.
  if (!(await store.commit([commitLink]))) await postpone(context, row, HERE.busy);
}
