/**
 * Jira's changes as product events (Forge: Jira events). The page lists the fields that an issue has there:
 * they are few, and users are account ids only. An app that needs more reads the issue.
 */
import type { JiraEvent } from '../jira/events';
import type { ProductEventName } from './product-event-names';
import type { ProductEvent } from './product-event-shapes';

const NAMES: Record<JiraEvent['type'], ProductEventName> = {
  'issue-created': 'avi:jira:created:issue',
  'issue-updated': 'avi:jira:updated:issue',
  'issue-assigned': 'avi:jira:assigned:issue',
  'issue-deleted': 'avi:jira:deleted:issue',
  'issue-property-set': 'avi:jira:set:issue-property',
  'issue-property-deleted': 'avi:jira:deleted:issue-property',
};

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
    ...('property' in event
      ? { property: event.property }
      : { associatedUsers: { associatedUsers: [{ accountId }] } }),
    ...('changelog' in event && event.changelog
      ? { changelog: { id: event.changelog.id, items: event.changelog.items } }
      : {}),
  };
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
