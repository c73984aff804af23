/** Sending what one issue has for the remote of one connection. */
import { acknowledgeAlias, sent, type SentAlias } from './alias';
import { recoverIssue } from './apply';
import type { Peer, SyncContext } from './context';
import { isDirty, isLeased, lookAt, nextRevision } from './link';
import type { IssueMessage, IssueResult } from './messages';
import { postponed } from './outbox';
import type { Snapshot } from './ports';
import { linkKey, type LinkRecord, type OutboxRow } from './records';

/**
 * Deals with the outbox row of an issue: looks at the issue, sends what the remote lacks, and takes the row
 * away if no event has come meanwhile. Does nothing where there is no row, or it is not due yet.
 *
 * @throws what `peer` throws, after the row was postponed
 */
export async function deliver<Value>(
  context: SyncContext<Value>,
  peer: Peer<Value>,
  issue: string,
): Promise<void> {
  const { connection, store, sources, issues } = context;
  const key = linkKey(connection, issue);
  // The token is read before Jira is: what happens later has another one.
  const { row, link } = await store.findWaiting(key);
  if (!row || row.nextAttempt > sources.now()) return;
  if (link && isLeased(link, sources.now())) return postpone(context, row, 'busy');
  const snapshot = await issues.read(issue);
  if (!snapshot) return postpone(context, row, 'unreadable');
  const known = link ?? newLink(context, issue, snapshot);
  if (!known) return postpone(context, row, 'creating');
  const look = lookAt(known, snapshot, context.site);
  if (look.unseen.length > 0) {
    await recoverIssue(context, known);
    return postpone(context, row, 'recovered');
  }
  const looked = await commitLook(context, link, look.link);
  if (!looked) return postpone(context, row, 'busy');
  if (looked.state === 'refused' || (looked.state === 'linked' && !isDirty(looked))) {
    return finish(context, row, looked);
  }
  let result: IssueResult | undefined;
  try {
    [result] = await peer.exchange([messageOf(looked, snapshot)]);
  } catch (error) {
    await postpone(context, row, 'unavailable');
    throw error;
  }
  if (!result) return postpone(context, row, 'no result');
  if (result.outcome === 'deferred' || isUnknownThere(result)) {
    return postpone(context, row, result.reason);
  }
  return finish(context, row, afterResult(looked, result));
}

/**
 * An issue that has no link with this remote yet. `undefined`: it was made by this very connection, and the
 * link is about to be.
 */
function newLink<Value>(
  { connection, site }: SyncContext<Value>,
  issue: string,
  { passed }: Snapshot<Value>,
): LinkRecord | undefined {
  if (passed?.connection === connection) return undefined;
  const origin = passed?.origin ?? { site, issue };
  const path = passed?.path ?? [site];
  return { connection, issue, state: 'unlinked', origin, path, aliases: {}, revision: 0 };
}

/**
 * Stored before anything is sent: a change that the remote may have heard of is never counted again, and the
 * link is still the one that the issue was read for. `undefined`: it is not.
 */
async function commitLook<Value>(
  { store }: SyncContext<Value>,
  before: LinkRecord | undefined,
  looked: LinkRecord,
): Promise<LinkRecord | undefined> {
  const change = nextRevision(looked);
  const isStored = before
    ? await store.commit([change])
    : await store.create('link', change.key, change.value);
  return isStored ? change.value : undefined;
}

/** The remote has no link of these two: it was removed there, or was never told of. */
const isUnknownThere = (
  result: IssueResult,
): result is Extract<IssueResult, { outcome: 'rejected' }> =>
  result.outcome === 'rejected' && result.reason === 'unknown-twin';

function messageOf<Value>(link: LinkRecord, snapshot: Snapshot<Value>): IssueMessage<Value> {
  const aliases = Object.entries(link.aliases).flatMap(
    ([name, alias]): [string, SentAlias<Value>][] => {
      const observed = snapshot.aliases[name];
      const isSent = link.state === 'unlinked' || alias.dirty;
      return observed && isSent ? [[name, sent(alias, observed)]] : [];
    },
  );
  return {
    issue: link.issue,
    ...(link.remote === undefined ? {} : { twin: link.remote }),
    origin: link.origin,
    path: link.path,
    aliases: Object.fromEntries(aliases),
  };
}

function afterResult(
  link: LinkRecord,
  result: Exclude<IssueResult, { outcome: 'deferred' }>,
): LinkRecord {
  // The remote has it by another way, or it came from there: nothing is to be done, now or later.
  if (result.outcome === 'rejected') return { ...link, state: 'refused' };
  const aliases = Object.entries(link.aliases).map(([name, alias]) => {
    const told = result.aliases[name];
    return [name, told ? acknowledgeAlias(alias, told.version) : alias] as const;
  });
  return {
    ...link,
    remote: result.twin,
    state: 'linked',
    aliases: Object.fromEntries(aliases),
  };
}

/**
 * The row goes with the commit of the link, unless an event has renewed it, or the remote has not seen all that
 * we have: then it stays, for another look.
 */
async function finish<Value>(
  { store, sources }: SyncContext<Value>,
  row: OutboxRow,
  after: LinkRecord,
): Promise<void> {
  const commitLink = nextRevision(after);
  const isOver = after.state === 'refused' || !isDirty(after);
  const isDone = await store.commit([
    commitLink,
    {
      entity: 'outbox',
      key: commitLink.key,
      value: isOver ? undefined : postponed(row, 'not all was seen', sources.now()),
      when: { token: row.token },
    },
  ]);
  if (!isDone) await store.commit([commitLink]);
}

async function postpone<Value>(
  { store, sources }: SyncContext<Value>,
  row: OutboxRow,
  reason: string,
): Promise<void> {
  const { connection, issue, token } = row;
  const key = linkKey(connection, issue);
  const value = postponed(row, reason, sources.now());
  await store.commit([{ entity: 'outbox', key, value, when: { token } }]);
}
