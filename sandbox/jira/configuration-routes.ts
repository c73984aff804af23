/** What a site's admins have set up: fields, types, statuses, priorities, resolutions, labels. */
import { issueTypeShape, namedShape, priorityShape, statusShape } from './configuration-shapes';
import { statusCategoryShape, STATUS_CATEGORIES } from './configuration-shapes';
import type { StatusCategoryKey } from './configuration';
import { refusal } from './errors';
import { canSeeIssue } from './issue-access';
import { describedFields, NOT_NAVIGABLE } from './issue-shapes';
import { canViewProject } from './permissions';
import { pagedAnswer, pageOf, type Call, type Route } from './route';
import { findProject } from './project-access';

/** Whoever sees no project sees none of these either (UNVERIFIED for each: the stricter reading). */
const list = (path: string, operationId: string, handle: (call: Call) => unknown[]): Route => ({
  method: 'GET',
  path: `/rest/api/3/${path}`,
  operationId,
  scopes: ['read:jira-work'],
  handle: (call) => (seesAnything(call) ? handle(call) : []),
});

const seesAnything = ({ store, caller }: Call): boolean =>
  store.projects().some((project) => canViewProject(store, caller, project));

export const configurationRoutes: readonly Route[] = [
  list('field', 'getFields', (call) =>
    describedFields(call).map(({ id, name, schema }) => {
      const custom = id.startsWith('customfield_');
      return {
        id,
        key: id,
        name,
        custom,
        orderable: !COMPUTED.has(id),
        navigable: !NOT_NAVIGABLE.has(id),
        searchable: true,
        clauseNames: custom ? [`cf[${id.replace('customfield_', '')}]`, name] : [id],
        schema,
      };
    }),
  ),
  list('priority', 'getPriorities', (call) =>
    call.store.configuration.priorities.list().map((priority) => ({
      ...priorityShape(call, priority),
      statusColor: priority.color,
      description: priority.description,
    })),
  ),
  list('status', 'getStatuses', (call) =>
    call.store.configuration.statuses.list().map((status) => statusShape(call, status)),
  ),
  list('statuscategory', 'getStatusCategories', (call) =>
    (Object.keys(STATUS_CATEGORIES) as StatusCategoryKey[]).map((key) =>
      statusCategoryShape(call, key),
    ),
  ),
  list('issuetype', 'getIssueAllTypes', (call) =>
    call.store.configuration.issueTypes.list().map((type) => issueTypeShape(call, type)),
  ),
  {
    method: 'GET',
    path: '/rest/api/3/issuetype/project',
    operationId: 'getIssueTypesForProject',
    scopes: ['read:jira-work'],
    handle(call) {
      const id = call.query.get('projectId');
      if (id === null || !/^\d+$/.test(id)) throw refusal(400, ["'projectId' must be a number."]);
      const { issueTypes } = findProject(call, id);
      return issueTypes
        .flatMap(({ issueTypeId }) => call.store.configuration.issueTypes.get(issueTypeId) ?? [])
        .map((type) => issueTypeShape(call, type));
    },
  },
  list('resolution', 'getResolutions', (call) =>
    call.store.configuration.resolutions
      .list()
      .map((resolution) => namedShape(call, 'resolution', resolution)),
  ),
  {
    method: 'GET',
    path: '/rest/api/3/label',
    operationId: 'getAllLabels',
    scopes: ['read:jira-work'],
    // Of issues that the caller can see (UNVERIFIED: the stricter reading).
    handle(call) {
      const labels = call.store.issues
        .all()
        .filter((issue) => canSeeIssue(call, issue))
        .flatMap(({ values }) => (Array.isArray(values.labels) ? values.labels : []));
      const page = pageOf(call, { default: 1000, maximum: 1000 });
      return pagedAnswer(call, 'label', [...new Set(labels)].sort(), page, (label) => label);
    },
  },
];

/** Cannot be on a screen. */
const COMPUTED = new Set([
  ...['project', 'status', 'statusCategory', 'creator', 'subtasks', 'created', 'updated'],
  ...['resolutiondate', 'statuscategorychangedate'],
]);
