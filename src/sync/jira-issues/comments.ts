/** Comments that the app writes: copies of the other site's, each with a mark of whose copy it is. */
import { z } from 'zod';
import { documentForUs } from '../../contract/converters/adf';
import { remotePerson } from '../../contract/converters/person';
import { MAX_TEXT } from '../../contract/alias-value';
import { withAuthorLine } from '../../jira/adf/author-line';
import { writableDocument } from '../../jira/adf/canonical-document';
import { mentionsIn } from '../../jira/adf/mentions';
import type { AdfDocument } from '../../jira/adf/node';
import { plainTextOf } from '../../jira/adf/plain-text';
import { askJira, callJira, type JiraRefusal } from '../../jira/client';
import type { CommentMark, Comments, WrittenComment } from '../comment-ports';
import type { WriteRefusal } from '../ports';
import { commentHere, commentSchema, commentSpec, type CommentAnswer } from './comment-answer';
import type { JiraContext } from './jira-context';
import { directoryOf } from './people';
import { wholeRefusal } from './refusals';

const MARK = 'issuesync';

/**
 * Whoever may edit a comment may write its properties: what has not our form counts as not there, and so does what
 * is on a comment that another account has written than that of the connection that the mark names.
 */
const markSchema = z.object({
  connection: z.string().min(1).max(128),
  there: z.string().min(1).max(128),
  n: z.number().int().nonnegative(),
  author: z.string().max(255),
  at: z.number(),
});

const markedSchema = z.object({
  values: z.array(
    z.object({
      id: z.string(),
      author: z.object({ accountId: z.string() }).optional(),
      properties: z.array(z.object({ key: z.string(), value: z.unknown() })).optional(),
    }),
  ),
});

/** Jira REST API v3, "Get comments by IDs": a maximum of 1000. */
const MAX_IDS = 1_000;

export const jiraComments = (context: JiraContext): Comments => ({
  marks: (_issue, ids) => marksOf(context, ids),
  create: (issue, written, mark) => createComment(context, issue, written, mark),
  edit: (issue, id, written, mark) =>
    editComment(context, { issueIdOrKey: issue, id }, written, mark),
  remove: (issue, id) => removeComment(context, { issueIdOrKey: issue, id }),
});

async function marksOf(
  context: JiraContext,
  ids: readonly string[],
): Promise<Record<string, CommentMark>> {
  const { jira, as, time } = context;
  const isBy = writers(context);
  const marks: Record<string, CommentMark> = {};
  for (let start = 0; start < ids.length; start += MAX_IDS) {
    const found = await callJira(jira, 'getCommentsByIds', markedSchema, {
      as,
      query: { expand: 'properties' },
      body: { ids: ids.slice(start, start + MAX_IDS).map(Number) },
      time,
    });
    for (const { id, author, properties = [] } of found?.values ?? []) {
      const { data } = markSchema.safeParse(properties.find(({ key }) => key === MARK)?.value);
      if (data && (await isBy(author?.accountId, data.connection))) marks[id] = data;
    }
  }
  return marks;
}

/** Whether an account is the one by which a connection writes; each other one is read once. */
function writers({ connection, account, accountOf }: JiraContext) {
  const known = new Map([[connection.id, Promise.resolve(account)]]);
  return async (author: string | undefined, of: string): Promise<boolean> => {
    const writer = known.get(of) ?? accountOf(of);
    known.set(of, writer);
    return author !== undefined && author === (await writer);
  };
}

async function createComment(
  context: JiraContext,
  issue: string,
  comment: WrittenComment,
  mark: CommentMark,
): ReturnType<Comments['create']> {
  const written = await commentBody(context, comment, mark);
  if ('refusal' in written) return written;
  const { jira, as, time } = context;
  const asked = await askJira(jira, 'addComment', commentSchema, {
    as,
    path: { issueIdOrKey: issue },
    body: written,
    time,
  });
  return 'refusal' in asked
    ? { refusal: wholeRefusal(asked.refusal) }
    : { id: asked.answer.id, hash: hashIn(context, asked.answer) };
}

async function editComment(
  context: JiraContext,
  path: { issueIdOrKey: string; id: string },
  comment: WrittenComment,
  mark: CommentMark,
): ReturnType<Comments['edit']> {
  const written = await commentBody(context, comment, mark);
  if ('refusal' in written) return written;
  const { jira, as, time } = context;
  const asked = await askJira(jira, 'updateComment', commentSchema, {
    as,
    path,
    body: written,
    time,
  });
  if ('answer' in asked) return { hash: hashIn(context, asked.answer) };
  return isGone(asked.refusal) ? undefined : { refusal: wholeRefusal(asked.refusal) };
}

async function removeComment(
  { jira, as, time }: JiraContext,
  path: { issueIdOrKey: string; id: string },
): ReturnType<Comments['remove']> {
  const asked = await askJira(jira, 'deleteComment', z.unknown(), { as, path, time });
  if ('answer' in asked || isGone(asked.refusal)) return undefined;
  return { refusal: wholeRefusal(asked.refusal) };
}

const isGone = ({ status }: JiraRefusal): boolean => status === 404;

const hashIn = ({ account, contract }: JiraContext, comment: CommentAnswer): string =>
  commentHere(comment, account, commentSpec(contract)).hash;

/**
 * As Jira takes it, with the author in the text and the mark in the same request. Without `visibility` a comment is
 * for everybody: whom it is for that are few here as well, by the same name, or it is not written.
 */
async function commentBody(
  context: JiraContext,
  { body, audience }: WrittenComment,
  mark: CommentMark,
): Promise<
  | { body: AdfDocument; properties: unknown[]; visibility?: { type: string; value: string } }
  | { refusal: WriteRefusal }
> {
  if (audience?.kind === 'internal') return { refusal: INTERNAL };
  const { contract, connection } = context;
  const directory = await directoryOf(context, mentionsIn(body).map(remotePerson));
  const document = withAuthorLine(documentForUs(body, commentSpec(contract), directory), {
    name: mark.author,
    site: connection.remoteName,
  });
  if (plainTextOf(document).length > MAX_TEXT) {
    const reason = `A comment takes at most ${MAX_TEXT} characters: shorten it on the other site.`;
    return { refusal: { code: 'too-long', reason } };
  }
  return {
    body: writableDocument(document),
    properties: [{ key: MARK, value: mark }],
    ...(audience ? { visibility: { type: audience.kind, value: audience.name } } : {}),
  };
}

const INTERNAL: WriteRefusal = {
  code: 'internal-comment',
  reason:
    'An internal comment of a service project is not copied: the app cannot make sure that its copy would be internal.',
};
