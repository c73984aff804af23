/** Holding a link while something is written to its issue. */
import type { SyncContext } from './context';
import { isDirty, isLeased, nextRevision, seenBy } from './link';
import type { Deferral } from './messages';
import { newRow } from './outbox';
import { IssueUnreadable } from './ports';
import { linkKey, type LinkRecord } from './records';

/**
 * Longer than any function of the app may run: when a lease is over, whoever held it is gone, and so is
 * every call that he made of Jira.
 */
export const LEASE_MS = 90_000;

/** The work was not done, or is not known to be. */
interface Deferred {
  outcome: 'deferred';
  reason: Deferral;
}

/**
 * Runs `work`, which commits the link at its end. Where it throws, the lease is given back: nothing of ours
 * runs any more, and what was written is told by its marker.
 */
export async function underLease<Value, Result>(
  context: SyncContext<Value>,
  link: LinkRecord,
  work: (leased: LinkRecord) => Promise<Result>,
): Promise<Result | Deferred> {
  const { store, sources } = context;
  const now = sources.now();
  if (isLeased(link, now)) return { outcome: 'deferred', reason: 'busy' };
  const lease = { owner: sources.newId(), until: now + LEASE_MS };
  // What somebody who was ended has left is made with the seal that is there.
  const change = nextRevision({ ...link, lease, seal: link.seal ?? sources.newId() });
  if (!(await store.commit([change]))) return { outcome: 'deferred', reason: 'busy' };
  return givingBack(context, change.value, () => work(change.value));
}

/** Runs `work`; where it throws, whoever comes next need not wait until the lease is over. */
export async function givingBack<Value, Result>(
  context: SyncContext<Value>,
  leased: LinkRecord,
  work: () => Promise<Result>,
): Promise<Result | Deferred> {
  try {
    return await work();
  } catch (error) {
    await giveBack(context, leased);
    if (error instanceof IssueUnreadable) return { outcome: 'deferred', reason: 'unreadable' };
    throw error;
  }
}

/** The link as it was when it was leased: what the lease or one before it has written is told by its marker still. */
export async function giveBack<Value>(
  { store }: SyncContext<Value>,
  leased: LinkRecord,
): Promise<void> {
  const { lease: _ended, uncommitted: _unknown, ...link } = leased;
  await store.commit([nextRevision(link)]);
}

/** The link as it is once all that was written is known: no marker counts any more. */
export function withoutLease({
  lease: _ended,
  seal: _broken,
  uncommitted: _known,
  ...link
}: LinkRecord): LinkRecord {
  return link;
}

/**
 * The link without its lease; what it holds that the remote lacks is put into the outbox in the same commit.
 *
 * @returns the link as it is stored then; `undefined`: somebody has changed it meanwhile
 */
export async function commitLink<Value>(
  { store, sources, rules, issues }: SyncContext<Value>,
  leased: LinkRecord,
): Promise<LinkRecord | undefined> {
  const link = seenBy(withoutLease(leased), issues);
  const { connection, issue } = link;
  const row = newRow({ connection, issue, contract: rules.contract.id }, sources);
  const change = nextRevision(link);
  const isDone = await store.commit([
    change,
    ...(isDirty(link, rules)
      ? [{ entity: 'outbox' as const, key: linkKey(connection, issue), value: row }]
      : []),
  ]);
  return isDone ? change.value : undefined;
}
