/** Issues that were deleted: their link stays, so that no new twin is made of what the other site still has. */
import type { SyncContext } from './context';
import { underLease, withoutLease } from './lease';
import { nextRevision } from './link';
import type { IssueResult } from './messages';
import { newRow } from './outbox';
import type { Sources, Store } from './ports';
import { linkKey, type LinkRecord } from './records';

/**
 * Our issue was deleted, as Jira's event says. What it had to send is not sent any more.
 *
 * @returns the row to wake up for, if the remote may have to be told
 */
export async function markGone(
  { store, sources }: { store: Store; sources: Sources },
  { connection, contract, issue }: { connection: string; contract: string; issue: string },
): Promise<ReturnType<typeof newRow> | undefined> {
  const key = linkKey(connection, issue);
  for (;;) {
    const link = await store.find('link', key);
    if (!link) {
      await store.commit([{ entity: 'outbox', key, value: undefined }]);
      return undefined;
    }
    if (link.state === 'gone') return undefined;
    const isTold = link.remote !== undefined && link.state === 'linked';
    const row = newRow({ connection, contract, issue }, sources);
    const gone: LinkRecord = { ...link, state: 'gone', ...(isTold ? { tellsGone: true } : {}) };
    const isDone = await store.commit([
      nextRevision(gone),
      { entity: 'outbox', key, value: isTold ? row : undefined },
    ]);
    if (isDone) return isTold ? row : undefined;
  }
}

/** The remote's issue was deleted. Ours stays, unless the contract says otherwise and the app has created it. */
export async function applyGone<Value>(
  context: SyncContext<Value>,
  link: LinkRecord,
): Promise<IssueResult> {
  const { store, issues, rules } = context;
  const done: IssueResult = { outcome: 'done', twin: link.issue, aliases: {} };
  if (link.state === 'gone') return done;
  return underLease(context, link, async (leased) => {
    const isOurs = leased.origin.site !== context.site;
    const refusal = rules.deletesTwins && isOurs ? await issues.remove(leased.issue) : undefined;
    const key = linkKey(leased.connection, leased.issue);
    const gone: LinkRecord = { ...withoutLease(leased), state: 'gone' };
    const isDone = await store.commit([
      nextRevision(gone),
      { entity: 'outbox', key, value: undefined },
    ]);
    if (!isDone) return { outcome: 'deferred', reason: 'busy' };
    return refusal ? { outcome: 'failed', ...refusal.refusal } : done;
  });
}
