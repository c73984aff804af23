/** Comments of issues: read, write, edit, delete. */
import { z } from 'zod';
import { findComment, getComment, mayChange, visibleComments } from './comment-access';
import { readComment, type CommentInput } from './comment-input';
import { commentShape } from './comment-shapes';
import type { JiraComment } from './comment-store';
import { INVALID_PAYLOAD, JiraRefusal, json, methodNotAllowed, refusal } from './errors';
import { getIssue } from './issue-access';
import { tellOfComment } from './issue-changes';
import { hasProjectPermission } from './permissions';
import {
  Answer,
  changeOf,
  expandOf,
  oneOf,
  pageOf,
  pagedAnswer,
  param,
  slice,
  type Call,
  type Route,
} from './route';

const COMMENTS = '/rest/api/3/issue/{issueIdOrKey}/comment';
const COMMENT = `${COMMENTS}/{id}`;

/** More are never on one page, whatever is asked for ([2nd]). */
const PAGE = { default: 100, maximum: 100 };

/** Atlassian's OpenAPI description, "Get comments by IDs". */
const MAX_LISTED = 1_000;

/** Jira Cloud's limit for one issue. */
const MAX_COMMENTS = 5_000;

export const commentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: COMMENTS,
    operationId: 'getComments',
    scopes: ['read:jira-work'],
    handle: listComments,
  },
  {
    method: 'POST',
    path: COMMENTS,
    operationId: 'addComment',
    scopes: ['write:jira-work'],
    takesBody: true,
    handle: addComment,
  },
  {
    method: 'GET',
    path: COMMENT,
    operationId: 'getComment',
    scopes: ['read:jira-work'],
    handle: (call) => answered(call, named(call).comment),
  },
  {
    method: 'PUT',
    path: COMMENT,
    operationId: 'updateComment',
    scopes: ['write:jira-work'],
    takesBody: true,
    handle: editComment,
  },
  {
    method: 'DELETE',
    path: COMMENT,
    operationId: 'deleteComment',
    scopes: ['write:jira-work'],
    handle: deleteComment,
  },
  {
    method: 'POST',
    path: '/rest/api/3/comment/list',
    operationId: 'getCommentsByIds',
    scopes: ['read:jira-work'],
    takesBody: true,
    handle: commentsByIds,
  },
];

/** The comment of the path, in the issue of the path. @throws JiraRefusal 404 */
function named(call: Call) {
  const { issue } = getIssue(call, param(call, 'issueIdOrKey'));
  return getComment(call, param(call, 'id'), issue);
}

/** The operations of one issue expand no properties: only `comment/list` does. */
function answered(call: Call, comment: JiraComment) {
  const expand = expandOf(call).has('renderedBody') ? ['renderedBody'] : [];
  return commentShape(call, comment, new Set(expand));
}

function listComments(call: Call): unknown {
  const { issue } = getIssue(call, param(call, 'issueIdOrKey'));
  // A plus that was not encoded is a space.
  const order = oneOf(call.query, 'orderBy', ['created', '+created', ' created', '-created']);
  const all = visibleComments(call, issue);
  const page = pageOf(call, PAGE);
  const comments = slice(order === '-created' ? all.reverse() : all, page);
  return {
    ...page,
    total: all.length,
    comments: comments.map((comment) => answered(call, comment)),
  };
}

function addComment(call: Call): Answer {
  const { issue, project } = getIssue(call, param(call, 'issueIdOrKey'));
  const may = hasProjectPermission(call.caller, project, 'ADD_COMMENTS');
  const denied = may ? undefined : notPermitted(call, 'comment on this issue');
  const input = readComment(call, project, call.body, denied);
  if (call.store.comments.countOf(issue.id) >= MAX_COMMENTS) {
    const errorMessages = [`The issue has ${MAX_COMMENTS} comments, which is the limit.`];
    throw new JiraRefusal(json(413, { errorMessages, errors: {} }));
  }
  const change = changeOf(call);
  const { accountId } = change.actor;
  const comment: JiraComment = {
    id: call.store.nextId('comment'),
    issueId: issue.id,
    author: accountId,
    created: change.now,
    ...written(input, { properties: {} }, change),
  };
  call.store.comments.put(comment);
  tellOfComment(change, issue, comment, 'issue-commented');
  return new Answer(201, answered(call, comment));
}

/**
 * The whole of it: a comment that is edited without `visibility` is for everybody then, which is the reading
 * that an app has to guard against (UNVERIFIED). Properties that are not named stay. An edit that changes
 * nothing is one all the same (UNVERIFIED).
 */
function editComment(call: Call): unknown {
  const found = named(call);
  const { comment, issue, project } = found;
  const may = mayChange(call, found, 'EDIT');
  const denied = may ? undefined : notPermitted(call, 'edit this comment');
  const input = readComment(call, project, call.body, denied);
  const change = changeOf(call);
  const edited = { ...comment, ...written(input, comment, change) };
  call.store.comments.put(edited);
  tellOfComment(change, issue, edited, 'issue-commented');
  return answered(call, edited);
}

/** What a write sets, whether the comment is new or not. */
function written(
  { body, visibility, properties }: CommentInput,
  before: Pick<JiraComment, 'properties'>,
  { actor, now }: ReturnType<typeof changeOf>,
) {
  const added = Object.fromEntries(properties.map(({ key, value }) => [key, value]));
  return {
    updateAuthor: actor.accountId,
    updated: now,
    body,
    visibility,
    properties: { ...before.properties, ...added },
  };
}

function deleteComment(call: Call): Answer {
  if (!call.caller) throw methodNotAllowed(['GET', 'PUT']); // As the description has it.
  const found = named(call);
  if (!mayChange(call, found, 'DELETE')) {
    throw refusal(400, [
      `You do not have permission to delete comment with id: ${found.comment.id}`, // [2nd]
    ]);
  }
  call.store.comments.delete(found.comment);
  tellOfComment(changeOf(call), found.issue, found.comment, 'comment-deleted');
  return new Answer(204);
}

const listSchema = z.strictObject({ ids: z.array(z.int()).min(1).max(MAX_LISTED) });

/** By ascending id (UNVERIFIED). What cannot be seen is left out. */
function commentsByIds(call: Call): unknown {
  const parsed = listSchema.safeParse(call.body);
  if (!parsed.success) throw refusal(400, [INVALID_PAYLOAD]);
  const comments = [...new Set(parsed.data.ids)]
    .sort((a, b) => a - b)
    .flatMap((id) => findComment(call, String(id))?.comment ?? []);
  const page = { startAt: 0, maxResults: MAX_LISTED };
  return pagedAnswer(call, 'comment/list', comments, page, (comment) =>
    commentShape(call, comment, expandOf(call)),
  );
}

/** [2nd]: measured by others for a comment; for an edit the words are a guess. */
const notPermitted = ({ caller }: Call, what: string): string =>
  `${caller?.displayName ?? 'Anonymous'}, you do not have the permission to ${what}.`;
