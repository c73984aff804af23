/** Applying what has come about one issue, under a lease of its link. */
import { applyNew, firstIntent, resumeNew } from './apply-new';
import type { SyncContext } from './context';
import { finishApply } from './finish-apply';
import { applyGone } from './gone';
import { commitLink, giveBack, underLease } from './lease';
import { lookAt } from './link';
import { lookAtComments } from './look-at-comments';
import type { IssueMessage, IssueResult } from './messages';
import type { Snapshot } from './ports';
import { linkKey, originKey, type LinkRecord } from './records';
import { restoreUnseen } from './unseen';
import { writeIssue } from './write-issue';

/**
 * Applies one message of a connection's remote. What it answers with `done` is written to Jira.
 *
 * @throws JiraError where our Jira does not answer: then nothing is known, and the message has to come again
 */
export async function applyMessage<Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
): Promise<IssueResult> {
  if (message.twin !== undefined) return applyToTwin(context, message.twin, message);
  if (isMisled(context, message)) return { outcome: 'failed', ...MISLED };
  if (message.path.includes(context.site)) return { outcome: 'rejected', reason: 'cycle' };
  // As a rule it is new here: then nothing is to be looked for.
  const intent = message.isGone ? undefined : await firstIntent(context, message);
  if (intent) return applyNew(context, message, intent);
  const known = await context.store.find('origin', originKey(message.origin));
  if (known && known.connection !== context.connection) {
    return known.issue === undefined
      ? { outcome: 'deferred', reason: 'creating' }
      : { outcome: 'rejected', reason: 'present' };
  }
  if (known?.issue !== undefined) return applyToTwin(context, known.issue, message);
  if (known) return resumeNew(context, message, known);
  // Where nothing ever came, there is nothing to end; otherwise the intent was taken back just now.
  return message.isGone
    ? { outcome: 'rejected', reason: 'gone' }
    : { outcome: 'deferred', reason: 'creating' };
}

/** Whoever sends an issue is the last that it has passed; one that is from there is what is sent. */
const isMisled = <Value>(
  { remoteSite }: SyncContext<Value>,
  { issue, origin, path }: IssueMessage<Value>,
): boolean =>
  path.at(-1) !== remoteSite ||
  path[0] !== origin.site ||
  (origin.site === remoteSite && origin.issue !== issue);

/** Where both apps keep to what they know of an issue it does not happen. */
const MISLED = {
  code: 'origin',
  reason: 'The other site says of the issue that it is from where it cannot be from.',
};

/** It goes on when the issue comes back, with the first message about it. */
const OUTSIDE = {
  code: 'outside',
  reason: 'The contract of the other site does not match its issue any more.',
};

async function applyToTwin<Value>(
  context: SyncContext<Value>,
  issue: string,
  message: IssueMessage<Value>,
): Promise<IssueResult> {
  const link = await context.store.find('link', linkKey(context.connection, issue));
  if (!link || (link.remote !== undefined && link.remote !== message.issue)) {
    return { outcome: 'rejected', reason: 'unknown-twin' };
  }
  if (message.isGone) return applyGone(context, link);
  if (link.state === 'gone') return { outcome: 'rejected', reason: 'gone' };
  return underLease(context, link, async (leased): Promise<IssueResult> => {
    const found = await look(context, leased);
    if (!found) return { outcome: 'deferred', reason: 'unreadable' };
    if (found.snapshot.isOutside) {
      await commitLink(context, found.before);
      return { outcome: 'failed', ...OUTSIDE };
    }
    return finishApply(context, found.before, found.snapshot, message);
  });
}

/**
 * Deals with what a write of a function that was ended has replaced unseen. Does nothing where somebody else
 * is at the link.
 */
export async function recoverIssue<Value>(
  context: SyncContext<Value>,
  link: LinkRecord,
): Promise<void> {
  await underLease(context, link, async (leased) => {
    const found = await look(context, leased);
    if (found) await commitLink(context, found.before);
  });
}

/** The issue, read under the lease, and the link up to date with it. `undefined`: not readable now. */
export async function look<Value>(
  context: SyncContext<Value>,
  leased: LinkRecord,
): Promise<{ before: LinkRecord; snapshot: Snapshot<Value> } | undefined> {
  const snapshot = await context.issues.read(leased.issue, leased.aliases, leased.seal);
  if (!snapshot) {
    await giveBack(context, leased);
    return undefined;
  }
  const { link, unseen } = lookAt(context, leased, snapshot);
  if (unseen.length === 0) {
    return { before: await lookAtComments(context, link, snapshot), snapshot };
  }
  const restored = await restoreUnseen(context, link, unseen);
  const written = await writeIssue(context, link, restored.link, restored.writes);
  return look(context, written.link);
}
