/**
 * What each event of Jira looks like (Forge: Jira events). Atlassian's page describes the outer fields; what
 * is inside an issue, a comment, a version and so on is that of the REST API and open here, but for the ids
 * without which an app can do nothing. Attachment, worklog and issue link events name no issue beside their
 * own object, and nobody who has caused them.
 */
import { z } from 'zod';
import type { ProductEventName } from './product-event-names';

/** Ids are texts in events. */
const id = z.string().regex(/^\d+$/);

const thing = z.looseObject({ id });

const issue = z.looseObject({
  id,
  key: z.string(),
  fields: z.record(z.string(), z.unknown()),
});

const user = z.looseObject({ accountId: z.string() });

const changelog = z.strictObject({
  id: id.optional(),
  items: z.array(
    z.strictObject({
      field: z.string(),
      fieldId: z.string().optional(),
      fieldtype: z.string(),
      from: z.string().nullable(),
      fromString: z.string().nullable(),
      to: z.string().nullable(),
      toString: z.string().nullable(),
    }),
  ),
});

/** Milliseconds since the epoch; that it is a text in some events is [2nd]. */
const timestamp = z.union([z.string(), z.number()]).optional();

const atlassianId = z.string().optional();

/** The parts that every event of an issue or a comment has. */
const ofIssue = {
  timestamp,
  atlassianId,
  issue,
  associatedUsers: z
    .union([z.array(user), z.strictObject({ associatedUsers: z.array(user) })])
    .optional(),
};

const changed = {
  changelog: changelog.optional(),
  associatedStatuses: z.unknown().optional(),
  // [2nd]: the kind of change, as `issue_generic`.
  jiraEventTypeName: z.string().optional(),
};

const issueLink = {
  timestamp,
  id,
  sourceIssueId: id,
  destinationIssueId: id,
  sourceProjectId: id.optional(),
  destinationProjectId: id.optional(),
  issueLinkType: z.looseObject({ id }),
};

const version = { timestamp, atlassianId, version: thing };

const project = { timestamp, project: z.looseObject({ id, key: z.string() }) };

const component = { timestamp, atlassianId, component: thing };

/** UNVERIFIED: no page that we could read shows this payload. */
const issueProperty = {
  timestamp,
  atlassianId,
  issue: z.looseObject({ id }),
  property: z.looseObject({ key: z.string() }),
};

const FIELDS: Record<ProductEventName, z.ZodRawShape> = {
  'avi:jira:created:issue': { ...ofIssue, ...changed },
  'avi:jira:updated:issue': { ...ofIssue, ...changed },
  'avi:jira:deleted:issue': ofIssue,
  'avi:jira:assigned:issue': { ...ofIssue, ...changed },
  'avi:jira:commented:issue': { ...ofIssue, comment: thing },
  'avi:jira:deleted:comment': { ...ofIssue, comment: thing },
  'avi:jira:created:attachment': { timestamp, attachment: thing },
  'avi:jira:deleted:attachment': { timestamp, attachment: thing },
  'avi:jira:created:issuelink': issueLink,
  'avi:jira:deleted:issuelink': issueLink,
  'avi:jira:created:worklog': { timestamp, worklog: thing },
  'avi:jira:updated:worklog': { timestamp, worklog: thing },
  'avi:jira:deleted:worklog': { timestamp, worklog: thing },
  'avi:jira:created:version': version,
  'avi:jira:updated:version': version,
  'avi:jira:released:version': version,
  'avi:jira:unreleased:version': version,
  'avi:jira:archived:version': version,
  'avi:jira:unarchived:version': version,
  'avi:jira:merged:version': { ...version, mergedVersion: thing.optional() },
  'avi:jira:moved:version': version,
  'avi:jira:deleted:version': {
    ...version,
    mergedVersion: thing.optional(),
    newAffectsVersion: thing.optional(),
    newFixVersion: thing.optional(),
    customFieldReplacements: z.array(z.unknown()).optional(),
  },
  'avi:jira:created:component': component,
  'avi:jira:updated:component': component,
  'avi:jira:deleted:component': component,
  'avi:jira:created:project': project,
  'avi:jira:updated:project': project,
  'avi:jira:archived:project': project,
  'avi:jira:unarchived:project': project,
  'avi:jira:softdeleted:project': project,
  'avi:jira:restored:project': project,
  'avi:jira:deleted:project': project,
  'avi:jira:set:issue-property': issueProperty,
  'avi:jira:deleted:issue-property': issueProperty,
};

/** An event as Jira makes it; who has caused it is added when it is delivered. */
export type ProductEvent = { eventType: ProductEventName } & Record<string, unknown>;

/**
 * @throws Error for a type that there is not, or a shape that this type does not have
 */
export function checkProductEvent(event: ProductEvent): void {
  const { eventType } = event;
  const fields = Object.hasOwn(FIELDS, eventType) ? FIELDS[eventType] : undefined;
  if (!fields) throw new Error(`There is no event ${eventType}`);
  const parsed = z.strictObject({ eventType: z.literal(eventType), ...fields }).safeParse(event);
  if (!parsed.success) {
    throw new Error(`Jira has no such ${eventType}:\n${z.prettifyError(parsed.error)}`);
  }
}
