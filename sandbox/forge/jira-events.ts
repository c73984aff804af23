/**
 * Jira's changes as product events (Forge: Jira events). The page lists the fields that an issue has there:
 * they are few, and users are account ids only. An app that needs more reads the issue.
 */
import type { CommentSnapshot, JiraEvent } from '../jira/events';
import type { ProductEventName } from './product-event-names';
import type { ProductEvent } from './product-event-shapes';

const NAMES: Record<JiraEvent['type'], ProductEventName> = {
  'issue-created': 'avi:jira:created:issue',
  'issue-updated': 'avi:jira:updated:issue',
  'issue-assigned': 'avi:jira:assigned:issue',
  'issue-deleted': 'avi:jira:deleted:issue',
  'issue-commented': 'avi:jira:commented:issue',
  'comment-deleted': 'avi:jira:deleted:comment',
  'issue-property-set': 'avi:jira:set:issue-property',
  'issue-property-deleted': 'avi:jira:deleted:issue-property',
};

/** Events that do not name by whom again, beside `atlassianId`. */
const WITHOUT_USERS = new Set<JiraEvent['type']>([
  'comment-deleted',
  'issue-property-set',
  'issue-property-deleted',
]);

/** The fields of an issue in its events, by the page's type reference. */
const FIELDS = ['summary', 'issuetype', 'created', 'project', 'updated', 'status'];
const USERS = ['creator', 'reporter', 'assignee'];

/** The product event that tells of a change. */
export function productEventOf(event: JiraEvent): ProductEvent {
  const { type, at, actor, issue } = event;
  const { accountId } = actor;
  return {
    eventType: NAMES[type],
    timestamp: at,
    atlassianId: accountId,
    issue: { id: issue.id, key: issue.key, fields: fieldsIn(issue.fields) },
    ...(WITHOUT_USERS.has(type) ? {} : { associatedUsers: { associatedUsers: [{ accountId }] } }),
    ...('property' in event ? { property: event.property } : {}),
    ...('comment' in event ? { comment: commentIn(event.comment) } : {}),
    ...('changelog' in event && event.changelog
      ? { changelog: { id: event.changelog.id, items: event.changelog.items } }
      : {}),
  };
}

/** The form of its inside is UNVERIFIED: the page says *author, body content, and other metadata*. */
function commentIn({ id, body, created, updated, jsdPublic, ...users }: CommentSnapshot) {
  const author = accountOnly(users.author);
  const updateAuthor = accountOnly(users.updateAuthor);
  return { id, author, body, updateAuthor, created, updated, jsdPublic };
}

function fieldsIn(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries([
    ...FIELDS.map((id): [string, unknown] => [id, fields[id]]),
    ...USERS.map((id): [string, unknown] => [id, accountOnly(fields[id])]),
  ]);
}

function accountOnly(user: unknown): unknown {
  return typeof user === 'object' && user !== null && 'accountId' in user
    ? { accountId: user.accountId }
    : null;
}
