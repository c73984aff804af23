/** How Jira's REST API writes down comments. */
import { textOf } from './adf';
import { visibleComments } from './comment-access';
import type { CommentVisibility, JiraComment } from './comment-store';
import type { JiraIssue } from './issue-store';
import { timestamp, userInField, type View } from './shapes';

const NOTHING: ReadonlySet<string> = new Set();

/** @param expand `renderedBody`, and where the operation has it `properties` */
export function commentShape(view: View, comment: JiraComment, expand = NOTHING) {
  const { id, issueId, body, created, updated, visibility, properties } = comment;
  return {
    self: `${view.site.baseUrl}/rest/api/3/issue/${issueId}/comment/${id}`,
    id,
    author: userOf(view, comment.author),
    body,
    ...(expand.has('renderedBody') ? { renderedBody: rendered(comment) } : {}),
    updateAuthor: userOf(view, comment.updateAuthor),
    created: timestamp(created),
    updated: timestamp(updated),
    ...(visibility ? { visibility: visibilityShape(view, visibility) } : {}),
    jsdPublic: true,
    ...(expand.has('properties') ? { properties: propertyList(properties) } : {}),
  };
}

/** The field `comment` of an issue: a page of those that the caller sees, without their properties. */
export function commentField(view: View, issue: JiraIssue, limit: number) {
  const all = visibleComments(view, issue);
  const comments = all.slice(0, limit);
  return {
    comments: comments.map((comment) => commentShape(view, comment)),
    self: `${view.site.baseUrl}/rest/api/3/issue/${issue.id}/comment`,
    maxResults: comments.length,
    total: all.length,
    startAt: 0,
  };
}

function userOf(view: View, accountId: string) {
  const user = view.store.user(accountId);
  return user && userInField(view, user);
}

function visibilityShape({ store }: View, { type, name }: CommentVisibility) {
  const identifier = type === 'group' ? store.group(name)?.groupId : name;
  return { type, value: name, identifier };
}

const propertyList = (properties: Record<string, unknown>) =>
  Object.entries(properties).map(([key, value]) => ({ key, value }));

/** The text alone, a paragraph a line: Jira's HTML has the document's form too. */
const rendered = ({ body }: JiraComment): string =>
  textOf(body)
    .split('\n')
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('\n');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
