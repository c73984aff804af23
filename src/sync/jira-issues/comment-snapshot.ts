/** All comments of an issue: most issues have few, and those come with the issue. */
import { callJira, JiraError } from '../../jira/client';
import type { CommentHere } from '../comment-ports';
import { MAX_COMMENTS } from '../look-at-comments';
import { commentHere, commentPageSchema, commentSpec, type CommentAnswer } from './comment-answer';
import type { IssueAnswer } from './issue-answer';
import type { JiraContext } from './jira-context';

/** Jira REST API v3, "Get comments": the default, and what Jira gives at most. */
const PAGE = 100;

/** @throws JiraError: a comment that is not told would count as deleted */
export async function snapshotComments(
  context: JiraContext,
  { id, fields }: IssueAnswer,
): Promise<CommentHere[]> {
  const { data } = commentPageSchema.safeParse(fields.comment);
  if (!data) throw new JiraError('unexpected', 'getIssue: Jira does not tell the comments');
  const { comments, total } = data;
  const all = comments.length < total ? await readAll(context, id) : comments;
  const spec = commentSpec(context.contract);
  return all.map((comment) => ({
    ...commentHere(comment, context.account, spec),
    ...(isByHand(context, comment) ? { isAbsorbed: true } : {}),
  }));
}

/** What the app writes as that account are copies, whose text is the other site's in any case. */
const isByHand = ({ connection, account }: JiraContext, { updateAuthor }: CommentAnswer): boolean =>
  connection.localUser !== 'app' && updateAuthor?.accountId === account;

async function readAll(
  { jira, as, time }: JiraContext,
  issueIdOrKey: string,
): Promise<CommentAnswer[]> {
  const all: CommentAnswer[] = [];
  for (;;) {
    const page = await callJira(jira, 'getComments', commentPageSchema, {
      as,
      path: { issueIdOrKey },
      query: { startAt: String(all.length), maxResults: String(PAGE), orderBy: 'created' },
      time,
    });
    const { comments = [], total = 0 } = page ?? {};
    all.push(...comments);
    // Those behind so many are not synchronized; that they are there is told all the same.
    if (comments.length === 0 || all.length >= total || all.length >= 2 * MAX_COMMENTS) return all;
  }
}
