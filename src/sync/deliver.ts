/** Sending what one issue has for the remote of one connection. */
import { PeerUnavailable, type Peer, type SyncContext } from './context';
import { recoverIssue } from './apply';
import { birthOf } from './birth';
import { withoutLease } from './lease';
import { isDirty, isLeased, lookAt, nextRevision, seenBy } from './link';
import { lookAtComments } from './look-at-comments';
import { messageOf } from './message-of';
import type { IssueMessage, IssueResult } from './messages';
import { dropRow, failRow, postpone, rowChange } from './outbox-rows';
import { IssueUnreadable, type Snapshot } from './ports';
import { HERE } from './reasons';
import { linkKey, type LinkRecord, type OutboxRow } from './records';
import { refusalsTold, withoutRefusals } from './result';
import { finish, settle } from './settle';
import { isShownOld } from './standing';

/**
 * Deals with an outbox row: looks at its issue, sends what the remote lacks, and takes the row away if no event
 * has come meanwhile. A row that is not the newest any more does no harm: its token is read before Jira is, and
 * what happens later has another one. Of an issue without a link the newest row is read, as the events of a new
 * issue and its comments come at once.
 *
 * @throws what `peer` throws, after the row was postponed; JiraError where our own Jira does not answer
 */
export async function deliver<Value>(
  context: SyncContext<Value>,
  peer: Peer<Value>,
  row: OutboxRow,
): Promise<void> {
  const prepared = await prepare(context, row, false);
  if (!prepared) return;
  const { row: newest, link, message } = prepared;
  let result: IssueResult | undefined;
  try {
    [result] = await peer.exchange([message]);
  } catch (error) {
    const told = error instanceof PeerUnavailable ? error : undefined;
    await postpone(context, newest, told?.reason ?? HERE.unavailable, 'above', told?.retryAfterMs);
    throw error;
  }
  if (result) await settle(context, newest, link, result);
  else await postpone(context, newest, HERE['no-result']);
}

/** How long a passive side waits for the result of what was collected, before it hands it out again. */
const COLLECTED_MS = 60_000;

/**
 * What is handed to a remote that collects; its result comes with a later request. `undefined`: nothing.
 *
 * @param row as it was read just now
 */
export async function offer<Value>(
  context: SyncContext<Value>,
  row: OutboxRow,
): Promise<IssueMessage<Value> | undefined> {
  const prepared = await prepare(context, row, true);
  if (!prepared) return undefined;
  const { store, sources } = context;
  const nextAttempt = sources.now() + COLLECTED_MS;
  const value = { ...row, nextAttempt, reason: HERE.offered };
  await store.commit([rowChange(value, value)]);
  return prepared.message;
}

/** Takes the result of what was offered. */
export async function conclude<Value>(
  context: SyncContext<Value>,
  issue: string,
  token: string,
  result: IssueResult,
): Promise<void> {
  const key = linkKey(context.connection, issue);
  const [row, link] = await Promise.all([
    context.store.find('outbox', key),
    context.store.find('link', key),
  ]);
  // Somebody else has dealt with it, or it has changed and comes again.
  if (row?.token === token && link) await settle(context, row, link, result);
}

/**
 * An issue without a link that stays unreadable was deleted, and its last event came late; or it is none of the
 * Local User's business. If it ever is, an event or the scan tells of it.
 */
const UNREADABLE_ATTEMPTS = 5;

const CONFIRM_OUTSIDE_MS = 60_000;

interface Prepared<Value> {
  row: OutboxRow;
  message: IssueMessage<Value>;
  /** As it is stored now. */
  link: LinkRecord;
}

/**
 * The message of a row whose issue has something to send; where it has nothing, or nothing that any remote takes,
 * the row is dealt with.
 *
 * @param isRead whether the row was read just now
 */
async function prepare<Value>(
  context: SyncContext<Value>,
  row: OutboxRow,
  isRead: boolean,
): Promise<Prepared<Value> | undefined> {
  try {
    const prepared = await prepareReadable(context, row, isRead);
    if (!prepared) return undefined;
    const reason = context.unsendable(prepared.message);
    if (reason === undefined) return prepared;
    await failRow(context, prepared.row, reason);
    return undefined;
  } catch (error) {
    if (error instanceof IssueUnreadable) return postpone(context, row, HERE.unreadable);
    throw error;
  }
}

async function prepareReadable<Value>(
  context: SyncContext<Value>,
  known: OutboxRow,
  isRead: boolean,
): Promise<Prepared<Value> | undefined> {
  const { store, sources, issues, rules } = context;
  const key = linkKey(context.connection, known.issue);
  const link = await store.find('link', key);
  // One look is for all that has been told of a new issue by now.
  const row = link || isRead ? known : await store.find('outbox', key);
  if (!row) return undefined;
  if (link?.state === 'gone') return prepareGone(context, row, link);
  if (link && isLeased(link, sources.now())) return postpone(context, row, HERE.busy);
  const snapshot = await issues.read(row.issue, link?.aliases ?? {}, link?.seal);
  if (!snapshot) {
    const isUnlinked = link === undefined || link.state === 'creating';
    const isNobodys = isUnlinked && row.attempts >= UNREADABLE_ATTEMPTS;
    return isNobodys ? dropRow(context, row) : postpone(context, row, HERE.unreadable);
  }
  const linked =
    link && link.state !== 'creating' ? link : await newLink(context, row.issue, snapshot, link);
  if (linked.state === 'creating') {
    if (!link) await store.create('link', key, linked);
    return postpone(context, row, HERE.creating);
  }
  if (snapshot.isOutside) {
    // An index of Jira may be behind the change that has woken us up: it is asked once more.
    const isConfirmed = snapshot.isOutside === 'project' || row.attempts > 0;
    return isConfirmed
      ? dropRow(context, row)
      : postpone(context, row, HERE.outside, 'issue', CONFIRM_OUTSIDE_MS);
  }
  const isNew = linked.state === 'unlinked';
  if (isNew && (!rules.createsTwins || isLocalUsers(snapshot))) return dropRow(context, row);
  const look = lookAt(context, linked, snapshot);
  if (look.unseen.length > 0) {
    await recoverIssue(context, linked);
    return postpone(context, row, HERE.recovered);
  }
  // Whoever had the lease before is gone, and what he has written is known now.
  const seen = await lookAtComments(context, withoutLease(look.link), snapshot);
  const forced = row.isForced ? withoutRefusals(seen) : seen;
  const looked = seenBy({ ...forced, contract: rules.contract.id }, issues);
  const isUnsent = isSettled(context, looked) && !isShownOld(context, looked);
  if (link && isUnsent) return finishUnsent(context, row, link, looked);
  const stored = await commitLook(context, link, looked);
  if (!stored) return postpone(context, row, HERE.busy);
  return { row, message: messageOf(context, row, stored, snapshot), link: stored };
}

/** All that it says comes from the dedicated Local User's hand: no twin is made of that. */
const isLocalUsers = <Value>({ aliases }: Snapshot<Value>): boolean =>
  Object.values(aliases).every(({ isAbsorbed }) => isAbsorbed);

function prepareGone<Value>(
  context: SyncContext<Value>,
  row: OutboxRow,
  link: LinkRecord,
): Promise<Prepared<Value> | undefined> {
  if (!link.tellsGone || !context.rules.sendsDeletions) return dropRow(context, row);
  return Promise.resolve({ row, message: messageOf(context, row, link, undefined), link });
}

const isSettled = <Value>({ rules }: SyncContext<Value>, link: LinkRecord): boolean =>
  link.state === 'refused' || (link.state === 'linked' && !isDirty(link, rules));

/** There is nothing to send: an echo, or changes that are none of the contract's. */
async function finishUnsent<Value>(
  context: SyncContext<Value>,
  row: OutboxRow,
  before: LinkRecord,
  looked: LinkRecord,
): Promise<undefined> {
  const isSame = JSON.stringify(before) === JSON.stringify(looked);
  if (isSame && refusalsTold(looked, context.rules) === undefined) return dropRow(context, row);
  await finish(context, row, looked);
  return undefined;
}

/**
 * An issue that has no link with this remote yet. One that a connection of this site is just creating is about to be
 * known: until then this one stands for it.
 */
async function newLink<Value>(
  context: SyncContext<Value>,
  issue: string,
  snapshot: Snapshot<Value>,
  { revision }: Pick<LinkRecord, 'revision'> = { revision: 0 },
): Promise<LinkRecord> {
  const { connection, rules } = context;
  const { origin, path, isCreating } = await birthOf(context, issue, snapshot);
  const state = isCreating ? 'creating' : 'unlinked';
  const contract = rules.contract.id;
  return { connection, contract, issue, state, origin, path, aliases: {}, revision };
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
