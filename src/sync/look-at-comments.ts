/** The comments of a link, brought up to date with those of its issue. */
import type { CommentHere, CommentMark } from './comment-ports';
import type { SyncContext } from './context';
import type { Snapshot } from './ports';
import type { LinkedComment, LinkRecord } from './records';
import { keepCopyEdit } from './history';

/**
 * Our own bound, so that a link stays far below the platform's 240 KiB of a record: what is written after so
 * many is not synchronized.
 */
export const MAX_COMMENTS = 1_000;

/**
 * The link with what has become of the comments: those of this side that are new, edited or deleted are dirty.
 * A comment that is not for everybody any more counts as deleted. Copies belong to the other side: an edit of
 * one is kept in the history and not sent; one that was deleted here is not made again.
 */
export async function lookAtComments<Value>(
  context: SyncContext<Value>,
  link: LinkRecord,
  { comments: here }: Snapshot<Value>,
): Promise<LinkRecord> {
  const known = link.comments ?? {};
  const comments: Record<string, LinkedComment> = { ...known };
  const strangers = here.filter(({ id }) => !Object.hasOwn(known, id));
  const marks = await marksOf(context, link, strangers);
  for (const comment of here) {
    const { id } = comment;
    const before = known[id];
    const after = before
      ? await seenAgain(context, link, comment, before)
      : seenFirst(context, comment, marks[id]);
    if (after && (before || Object.keys(comments).length < MAX_COMMENTS)) comments[id] = after;
  }
  const present = new Set(here.map(({ id }) => id));
  for (const [id, comment] of Object.entries(known)) {
    if (!present.has(id) && !comment.isGone) comments[id] = gone(comment);
  }
  const isSame = Object.entries(comments).every(([id, comment]) => known[id] === comment);
  return isSame ? link : { ...link, comments };
}

/** Only what the app may have written has a mark: everybody else's comments are not asked for one. */
function marksOf<Value>(
  { issues }: SyncContext<Value>,
  { issue }: LinkRecord,
  strangers: readonly CommentHere[],
): Promise<Readonly<Record<string, CommentMark>>> {
  const ids = strangers
    .filter(({ isLocalUsers, isSigned }) => isLocalUsers || isSigned)
    .map(({ id }) => id);
  return ids.length > 0 ? issues.comments.marks(issue, ids) : Promise.resolve({});
}

function seenFirst<Value>(
  { connection, rules }: SyncContext<Value>,
  { hash, isLocalUsers, audience }: CommentHere,
  mark: CommentMark | undefined,
): LinkedComment | undefined {
  if (mark?.connection === connection) {
    // A copy of ours, made by a function that was ended before it could say so.
    return { owner: 'there', there: mark.there, n: mark.n, dirty: false, hash };
  }
  // What the Local User writes by hand stays here. What another connection has copied goes on.
  if (isLocalUsers && mark === undefined) return undefined;
  if (audience && !rules.sendsInternalComments) return undefined;
  const by = mark ? { by: { author: mark.author, at: mark.at } } : {};
  return { owner: 'here', n: 1, dirty: true, hash, ...by };
}

async function seenAgain<Value>(
  context: SyncContext<Value>,
  { issue }: LinkRecord,
  { id, hash, audience, isAbsorbed, body }: CommentHere,
  before: LinkedComment,
): Promise<LinkedComment> {
  const { owner, n } = before;
  if (owner === 'there') {
    if (hash === before.hash) return before;
    await keepCopyEdit(context, { issue, comment: id, hash, body });
    return { ...before, hash };
  }
  if (audience && !context.rules.sendsInternalComments) return gone(before);
  if (hash === before.hash && !before.isGone) return before;
  if (isAbsorbed && !before.isGone) return { ...before, hash };
  const { isGone: _back, ...rest } = before;
  return { ...rest, n: n + 1, hash, dirty: true };
}

function gone(before: LinkedComment): LinkedComment {
  if (before.isGone) return before;
  const { owner, n } = before;
  if (owner === 'there') return { ...before, isGone: true };
  return { ...before, n: n + 1, dirty: true, isGone: true };
}
