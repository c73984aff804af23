/** Jira's events: they are written down, and nothing else. */
import { z } from 'zod';
import { connectionIds } from '../connection/list-connections';
import { readRoutes } from '../contract/read-contracts';
import { recordEvent, type IssueEvent } from '../sync/record-event';
import { platform } from './platform';

const KINDS = {
  'avi:jira:created:issue': 'created',
  'avi:jira:updated:issue': 'changed',
  'avi:jira:deleted:issue': 'deleted',
  'avi:jira:commented:issue': 'commented',
  'avi:jira:deleted:comment': 'comment-deleted',
} as const;

const withId = z.object({ id: z.string() });

/** What is read of an event. @see https://developer.atlassian.com/platform/forge/events-reference/jira/ */
const eventSchema = z.object({
  eventType: z.enum(Object.keys(KINDS) as (keyof typeof KINDS)[]),
  issue: withId.extend({
    fields: z.object({ project: withId.optional(), issuetype: withId.optional() }).optional(),
  }),
  atlassianId: z.string().optional(),
  selfGenerated: z.boolean().optional(),
  changelog: z.object({ id: z.string().optional() }).optional(),
  comment: withId.optional(),
  /** Only where the platform tries again. */
  retryContext: z.unknown().optional(),
});

/** @throws what is unexpected, so that the platform delivers the event again */
export async function jiraEvents(event: unknown): Promise<void> {
  await recordEvent(parse(event), {
    store: platform.syncStore,
    routes: () => readRoutes(platform.contracts),
    connections: () => connectionIds(platform.stores),
    queue: platform.queue,
    sources: platform.sources,
  });
}

function parse(event: unknown): IssueEvent {
  const { eventType, issue, atlassianId, selfGenerated, changelog, comment, retryContext } =
    eventSchema.parse(event);
  return {
    kind: KINDS[eventType],
    issue: issue.id,
    ...(issue.fields?.project ? { project: issue.fields.project.id } : {}),
    ...(issue.fields?.issuetype ? { issueType: issue.fields.issuetype.id } : {}),
    ...(atlassianId === undefined ? {} : { author: atlassianId }),
    isOwn: selfGenerated === true,
    ...(changelog?.id === undefined ? {} : { change: changelog.id }),
    ...(comment ? { comment: comment.id } : {}),
    isRepeated: retryContext !== undefined,
  };
}
