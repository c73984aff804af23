/** Comments of the other side, written here as copies. */
import type { CommentMark } from './comment-ports';
import type { SyncContext } from './context';
import { MAX_COMMENTS } from './look-at-comments';
import type { CommentResult, IssueMessage, SentComment } from './messages';
import type { WriteRefusal } from './ports';
import type { LinkedComment, LinkRecord } from './records';

export interface AppliedComments {
  link: LinkRecord;
  /** By the id of the remote's comment. */
  results: Readonly<Record<string, CommentResult>> | undefined;
}

/** @param link under a lease, and up to date with the comments of its issue */
export async function applyComments<Value>(
  context: SyncContext<Value>,
  link: LinkRecord,
  { comments: sent = [] }: IssueMessage<Value>,
): Promise<AppliedComments> {
  if (sent.length === 0) return { link, results: undefined };
  let comments = link.comments ?? {};
  const results: Record<string, CommentResult> = {};
  for (const comment of sent) {
    if (!context.rules.takesComments) {
      results[comment.id] = { outcome: 'ignored', n: comment.n };
      continue;
    }
    const applied = await apply(context, link.issue, comment, comments);
    comments = applied.comments;
    results[comment.id] = applied.result;
  }
  return { link: { ...link, comments }, results };
}

type LinkedComments = Readonly<Record<string, LinkedComment>>;

interface Applied {
  result: CommentResult;
  comments: LinkedComments;
}

/** Where a copy that its owner has deleted is kept, so that no older message makes it again. No comment has such an id. */
const tombstone = (there: string): string => `there:${there}`;

async function apply<Value>(
  context: SyncContext<Value>,
  issue: string,
  sent: SentComment,
  comments: LinkedComments,
): Promise<Applied> {
  const { id: there, n } = sent;
  const [copyId, copy] =
    Object.entries(comments).find(([, one]) => one.owner === 'there' && one.there === there) ?? [];
  if (copyId !== undefined && copy && copy.n >= n) {
    return { result: { outcome: 'unchanged', n: copy.n, ...copyOf(copyId) }, comments };
  }
  const { [copyId ?? '']: _before, ...others } = comments;
  const stands = (id: string, hash: string, isGone = false): Applied => ({
    result: { outcome: 'applied', n, ...copyOf(id) },
    comments: {
      ...others,
      [id]: { owner: 'there', there, n, dirty: false, hash, ...(isGone ? { isGone } : {}) },
    },
  });
  const refused = (refusal: WriteRefusal): Applied => ({
    result: { outcome: 'refused', n: copy?.n ?? 0, refusal },
    comments,
  });
  const isHere = copyId !== undefined && copyId !== tombstone(there);
  const port = context.issues.comments;
  if ('isGone' in sent) {
    const failure = isHere && !copy?.isGone ? await port.remove(issue, copyId) : undefined;
    return failure ? refused(failure.refusal) : stands(tombstone(there), '', true);
  }
  const { author, at, body, audience } = sent;
  const written = { body, ...(audience ? { audience } : {}) };
  const mark: CommentMark = { connection: context.connection, there, n, author, at };
  if (!isHere) {
    if (Object.keys(others).length >= MAX_COMMENTS) return refused(TOO_MANY);
    const created = await port.create(issue, written, mark);
    return 'refusal' in created ? refused(created.refusal) : stands(created.id, created.hash);
  }
  // Somebody has deleted the copy here: it stays deleted, whatever its owner writes.
  if (copy?.isGone) return stands(copyId, copy.hash, true);
  const edited = await port.edit(issue, copyId, written, mark);
  if (!edited) return stands(copyId, copy?.hash ?? '', true);
  return 'refusal' in edited ? refused(edited.refusal) : stands(copyId, edited.hash);
}

const copyOf = (id: string): { copy?: string } => (id.startsWith('there:') ? {} : { copy: id });

const TOO_MANY: WriteRefusal = {
  code: 'too-many-comments',
  reason: `Comments are synchronized up to ${MAX_COMMENTS} an issue.`,
};
