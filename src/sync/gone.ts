/** Issues that were deleted: their link stays, so that no new twin is made of what the other site still has. */
import { isCopy } from './birth';
import type { SyncContext } from './context';
import { giveBack, underLease, withoutLease } from './lease';
import { nextRevision } from './link';
import type { IssueResult } from './messages';
import { newRow } from './outbox';
import type { Change, Sources, Store } from './ports';
import { linkKey, originKey, type LinkRecord } from './records';

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
    // One that is to be created there was stored to be sent: the twin may be on its way.
    const isTold = link.state !== 'refused' && link.state !== 'creating';
    const row = newRow({ connection, contract, issue }, sources);
    const gone: LinkRecord = { ...link, state: 'gone', ...(isTold ? { tellsGone: true } : {}) };
    const isDone = await store.commit([
      nextRevision(gone),
      { entity: 'outbox', key, value: isTold ? row : undefined },
      ...(await endOfCreation({ store, sources }, link)),
    ]);
    if (isDone) return isTold ? row : undefined;
  }
}

/**
 * This connection or another one may have created the issue and been ended before it knew: whoever looks for it
 * now finds nothing, and would create it again. Its revision makes a commit of that creation fail that comes after
 * all.
 */
async function endOfCreation(
  { store, sources }: { store: Store; sources: Sources },
  { connection, contract, issue, origin, path, state }: LinkRecord,
): Promise<Change[]> {
  if (path.length === 1) return [];
  const key = originKey(origin);
  const intent = await store.find('origin', key);
  if (!intent || intent.issue !== undefined) return [];
  const isOwn = intent.connection === connection;
  if (isOwn && state !== 'creating') return [];
  const { nonce, since } = intent;
  const value = { ...intent, since: sources.now(), issue };
  const end: Change = { entity: 'origin', key, value, when: { nonce, since } };
  if (isOwn) return [end];
  const place = { connection: intent.connection, contract, issue };
  const gone: LinkRecord = { ...place, state: 'gone', origin, path, aliases: {}, revision: 2 };
  return [end, { entity: 'link', key: linkKey(intent.connection, issue), value: gone }];
}

/** The remote's issue was deleted. */
export async function applyGone<Value>(
  context: SyncContext<Value>,
  link: LinkRecord,
): Promise<IssueResult> {
  if (link.state === 'gone') return goneTwin(link);
  return underLease(context, link, (leased) => endTwin(context, leased));
}

const goneTwin = ({ issue }: LinkRecord): IssueResult => ({
  outcome: 'done',
  twin: issue,
  aliases: {},
});

/** Ends a link under its lease. Our issue stays, unless the contract says otherwise and the app has created it. */
export async function endTwin<Value>(
  context: SyncContext<Value>,
  leased: LinkRecord,
): Promise<IssueResult> {
  const { store, issues, rules } = context;
  const isOurs = isCopy(context, leased);
  const refusal = rules.deletesTwins && isOurs ? await issues.remove(leased.issue) : undefined;
  // The link stays until the twin is gone: who tries again is heard.
  if (refusal) {
    await giveBack(context, leased);
    return { outcome: 'failed', ...refusal.refusal };
  }
  const key = linkKey(leased.connection, leased.issue);
  const gone: LinkRecord = { ...withoutLease(leased), state: 'gone' };
  const isDone = await store.commit([
    nextRevision(gone),
    { entity: 'outbox', key, value: undefined },
  ]);
  return isDone ? goneTwin(gone) : { outcome: 'deferred', reason: 'busy' };
}
