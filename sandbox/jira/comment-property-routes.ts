/** Comment properties: JSON values that apps keep with a comment. Nobody is told of them. */
import { getComment, mayChange, type CommentInIssue } from './comment-access';
import { refusal } from './errors';
import { checkProperty } from './issue-properties';
import { Answer, param, type Call, type Route } from './route';

const PROPERTIES = '/rest/api/3/comment/{commentId}/properties';
const PROPERTY = `${PROPERTIES}/{propertyKey}`;

export const commentPropertyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PROPERTIES,
    operationId: 'getCommentPropertyKeys',
    scopes: ['read:jira-work'],
    handle(call) {
      const { comment } = named(call);
      const self = `${call.site.baseUrl}/rest/api/3/comment/${comment.id}/properties`;
      const keys = Object.keys(comment.properties);
      return { keys: keys.map((key) => ({ self: `${self}/${encodeURIComponent(key)}`, key })) };
    },
  },
  {
    method: 'GET',
    path: PROPERTY,
    operationId: 'getCommentProperty',
    scopes: ['read:jira-work'],
    handle(call) {
      const found = named(call);
      const key = existingKey(call, found);
      return { key, value: found.comment.properties[key] };
    },
  },
  {
    method: 'PUT',
    path: PROPERTY,
    operationId: 'setCommentProperty',
    scopes: ['write:jira-work'],
    takesBody: true,
    handle(call) {
      const { comment } = editable(call);
      const key = param(call, 'propertyKey');
      checkProperty(key, call.body);
      const isNew = !Object.hasOwn(comment.properties, key);
      const properties = { ...comment.properties, [key]: call.body };
      call.store.comments.put({ ...comment, properties });
      return isNew ? new Answer(201, {}) : {};
    },
  },
  {
    method: 'DELETE',
    path: PROPERTY,
    operationId: 'deleteCommentProperty',
    scopes: ['write:jira-work'],
    handle(call) {
      const found = editable(call);
      const { [existingKey(call, found)]: _deleted, ...properties } = found.comment.properties;
      call.store.comments.put({ ...found.comment, properties });
      return new Answer(204);
    },
  },
];

/** @throws JiraRefusal 404 */
const named = (call: Call): CommentInIssue => getComment(call, param(call, 'commentId'));

/** @throws JiraRefusal 404, 403 */
function editable(call: Call): CommentInIssue {
  const found = named(call);
  if (mayChange(call, found, 'EDIT')) return found;
  throw refusal(403, ['You do not have permission to edit this comment.']);
}

/** @throws JiraRefusal 404 (its words are UNVERIFIED) */
function existingKey(call: Call, { comment }: CommentInIssue): string {
  const key = param(call, 'propertyKey');
  if (Object.hasOwn(comment.properties, key)) return key;
  throw refusal(404, [`The property with the key '${key}' does not exist.`]);
}
