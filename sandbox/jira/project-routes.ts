/** Projects that the caller can see. */
import { issueTypeShape, statusShape } from './configuration-shapes';
import { refusal } from './errors';
import {
  canAdministerProject,
  canViewProject,
  hasProjectPermission,
  type Caller,
} from './permissions';
import {
  expandOf,
  listOf,
  oneOf,
  pagedAnswer,
  pageOf,
  param,
  type Call,
  type Route,
} from './route';
import { findProject } from './project-access';
import { componentsOf, versionsOf } from './project-part-routes';
import { projectInList } from './shapes';
import type { JiraProject, JiraStore } from './store';

/** Up to so many ids or keys can be asked for. */
const MAX_FILTER = 50;

const ACTIONS = ['view', 'browse', 'edit', 'create'] as const;
type Action = (typeof ACTIONS)[number];

/**
 * The fields that a list can be ordered by. Where all projects of a site are equal in one (no category, no
 * issues, none archived or deleted), the order is by key.
 */
const ORDERS = [
  ...['category', 'key', 'name', 'owner', 'issueCount', 'lastIssueUpdatedDate'],
  ...['archivedDate', 'deletedDate'],
].flatMap((field) => [field, `-${field}`, `+${field}`]);

export const projectRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/rest/api/3/project/search',
    operationId: 'searchProjects',
    scopes: ['read:jira-work'],
    handle: searchProjects,
  },
  {
    method: 'GET',
    path: '/rest/api/3/project/{projectIdOrKey}',
    operationId: 'getProject',
    scopes: ['read:jira-work'],
    handle: (call) => projectInDetail(call, findProject(call, param(call, 'projectIdOrKey'))),
  },
  {
    method: 'GET',
    path: '/rest/api/3/project/{projectIdOrKey}/statuses',
    operationId: 'getAllStatuses',
    scopes: ['read:jira-work'],
    handle: statusesByType,
  },
];

function projectInDetail(call: Call, project: JiraProject): unknown {
  const { site } = call;
  return {
    ...projectInList(call, project, new Set(['description', 'lead'])),
    assigneeType: project.defaultAssignee,
    components: componentsOf(call, project.id),
    versions: versionsOf(call, project.id),
    issueTypes: issueTypesOf(call, project),
    roles: Object.fromEntries(
      // Roles have no ids of their own here: these are made up.
      Object.keys(project.roles).map((name, index) => [
        name,
        `${site.baseUrl}/rest/api/3/project/${project.id}/role/${10_000 + index}`,
      ]),
    ),
  };
}

/** Each issue type of a project with the statuses of its workflow. */
function statusesByType(call: Call): unknown {
  const { configuration } = call.store;
  const { issueTypes } = findProject(call, param(call, 'projectIdOrKey'));
  return issueTypes.flatMap(({ issueTypeId, workflowId }) => {
    const type = configuration.issueTypes.get(issueTypeId);
    if (!type) return [];
    const { self, id, name, subtask } = issueTypeShape(call, type);
    const statuses = (configuration.workflows.get(workflowId)?.statusIds ?? [])
      .flatMap((statusId) => configuration.statuses.get(statusId) ?? [])
      .map((status) => statusShape(call, status));
    return [{ self, id, name, subtask, statuses }];
  });
}

function searchProjects(call: Call): unknown {
  const { store, caller, query } = call;
  const page = pageOf(call, { default: 50, maximum: 100 });
  const action = oneOf(query, 'action', ACTIONS) ?? 'view';
  const expand = expandOf(call);
  const found = store
    .projects()
    .filter((project) => can(store, caller, project, action))
    .filter(filterOf(query))
    .sort(orderOf(query, store));
  return pagedAnswer(call, 'project/search', found, page, (project) => ({
    ...projectInList(call, project, expand),
    ...(expand.has('issueTypes') ? { issueTypes: issueTypesOf(call, project) } : {}),
  }));
}

function issueTypesOf(call: Call, { issueTypes }: JiraProject): unknown {
  const { configuration } = call.store;
  return issueTypes
    .flatMap(({ issueTypeId }) => configuration.issueTypes.get(issueTypeId) ?? [])
    .map((type) => issueTypeShape(call, type));
}

/** Whether the caller can do `action`, as the operation's parameter of that name defines it. */
function can(store: JiraStore, caller: Caller, project: JiraProject, action: Action): boolean {
  switch (action) {
    case 'view':
      return canViewProject(store, caller, project);
    case 'browse':
      return hasProjectPermission(caller, project, 'BROWSE_PROJECTS');
    case 'edit':
      return canAdministerProject(store, caller, project);
    case 'create':
      return hasProjectPermission(caller, project, 'CREATE_ISSUES');
  }
}

/** @throws JiraRefusal 400 */
function filterOf(query: URLSearchParams): (project: JiraProject) => boolean {
  const ids = query.getAll('id');
  const keys = query.getAll('keys');
  const types = listOf(query, 'typeKey');
  const states = query.getAll('status');
  const text = query.get('query')?.toLowerCase();
  if (ids.some((id) => !/^\d+$/.test(id))) throw refusal(400, ["'id' must be a number."]);
  if (ids.length > MAX_FILTER || keys.length > MAX_FILTER) {
    throw refusal(400, [`At most ${MAX_FILTER} project ids or keys can be given.`]);
  }
  return (project) =>
    (ids.length === 0 || ids.includes(project.id)) &&
    (keys.length === 0 || keys.includes(project.key)) &&
    (types.size === 0 || types.has(project.projectTypeKey)) &&
    (states.length === 0 || states.includes('live')) &&
    // No project has a category.
    query.get('categoryId') === null &&
    (text === undefined ||
      project.key.toLowerCase().includes(text) ||
      project.name.toLowerCase().includes(text));
}

/** @throws JiraRefusal 400 */
function orderOf(
  query: URLSearchParams,
  store: JiraStore,
): (one: JiraProject, other: JiraProject) => number {
  // A plus that was not encoded is a space.
  const given = query.get('orderBy')?.replace(/^ /, '+') ?? 'key';
  if (!ORDERS.includes(given)) {
    throw refusal(400, [`Projects cannot be ordered by '${given}'.`]);
  }
  const field = given.replace(/^[-+]/, '');
  const direction = given.startsWith('-') ? -1 : 1;
  const textOf = (project: JiraProject): string => {
    if (field === 'name') return project.name;
    if (field === 'owner') return store.user(project.leadAccountId)?.displayName ?? '';
    return field === 'key' ? project.key : '';
  };
  return (one, other) =>
    direction * textOf(one).localeCompare(textOf(other), 'en') ||
    one.key.localeCompare(other.key, 'en');
}
