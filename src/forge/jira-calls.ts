/**
 * Each operation of `src/jira/operations.ts` as a literal call. Forge's linter compares the calls that it
 * reads in the source with the scopes of `manifest.yml`, and it reads nothing but `requestJira` with a
 * literal route and a literal method: a path that comes out of a table is one that it never sees.
 */
import { route, type APIResponse, type RequestInit, type Route } from '@forge/api';
import type { MethodOf, OperationName, PathParameter } from '../jira/operations';

export interface JiraRequest<Name extends OperationName> {
  /** The app's, or that of the account that it acts as. */
  requestJira: (
    route: Route,
    init: RequestInit & { method: MethodOf<Name> },
  ) => Promise<APIResponse>;
  /** Encoded. */
  path: Readonly<Record<PathParameter<Name>, string>>;
  query: URLSearchParams;
  /** Everything but the method. */
  init: Omit<RequestInit, 'method'>;
}

type JiraCalls = {
  readonly [Name in OperationName]: (request: JiraRequest<Name>) => Promise<APIResponse>;
};

export const jiraCalls: JiraCalls = {
  getCurrentUser: ({ requestJira, init }) =>
    requestJira(route`/rest/api/3/myself`, { method: 'GET', ...init }),
  getUser: ({ requestJira, query, init }) =>
    requestJira(route`/rest/api/3/user?${query}`, { method: 'GET', ...init }),
  bulkGetUsers: ({ requestJira, query, init }) =>
    requestJira(route`/rest/api/3/user/bulk?${query}`, { method: 'GET', ...init }),
  getMyPermissions: ({ requestJira, query, init }) =>
    requestJira(route`/rest/api/3/mypermissions?${query}`, { method: 'GET', ...init }),
  getBulkPermissions: ({ requestJira, init }) =>
    requestJira(route`/rest/api/3/permissions/check`, { method: 'POST', ...init }),
  searchProjects: ({ requestJira, query, init }) =>
    requestJira(route`/rest/api/3/project/search?${query}`, { method: 'GET', ...init }),
  getAllStatuses: ({ requestJira, path, init }) =>
    requestJira(route`/rest/api/3/project/${path.projectIdOrKey}/statuses`, {
      method: 'GET',
      ...init,
    }),
  getCreateIssueMetaIssueTypeId: ({ requestJira, path, query, init }) =>
    requestJira(
      route`/rest/api/3/issue/createmeta/${path.projectIdOrKey}/issuetypes/${path.issueTypeId}?${query}`,
      { method: 'GET', ...init },
    ),
  parseJqlQueries: ({ requestJira, query, init }) =>
    requestJira(route`/rest/api/3/jql/parse?${query}`, { method: 'POST', ...init }),
  countIssues: ({ requestJira, init }) =>
    requestJira(route`/rest/api/3/search/approximate-count`, { method: 'POST', ...init }),
  getServerInfo: ({ requestJira, init }) =>
    requestJira(route`/rest/api/3/serverInfo`, { method: 'GET', ...init }),
  getIssue: ({ requestJira, path, query, init }) =>
    requestJira(route`/rest/api/3/issue/${path.issueIdOrKey}?${query}`, { method: 'GET', ...init }),
  createIssue: ({ requestJira, init }) =>
    requestJira(route`/rest/api/3/issue`, { method: 'POST', ...init }),
  editIssue: ({ requestJira, path, query, init }) =>
    requestJira(route`/rest/api/3/issue/${path.issueIdOrKey}?${query}`, { method: 'PUT', ...init }),
  deleteIssue: ({ requestJira, path, init }) =>
    requestJira(route`/rest/api/3/issue/${path.issueIdOrKey}`, { method: 'DELETE', ...init }),
  bulkFetchIssues: ({ requestJira, init }) =>
    requestJira(route`/rest/api/3/issue/bulkfetch`, { method: 'POST', ...init }),
  getTransitions: ({ requestJira, path, query, init }) =>
    requestJira(route`/rest/api/3/issue/${path.issueIdOrKey}/transitions?${query}`, {
      method: 'GET',
      ...init,
    }),
  doTransition: ({ requestJira, path, init }) =>
    requestJira(route`/rest/api/3/issue/${path.issueIdOrKey}/transitions`, {
      method: 'POST',
      ...init,
    }),
  getComments: ({ requestJira, path, query, init }) =>
    requestJira(route`/rest/api/3/issue/${path.issueIdOrKey}/comment?${query}`, {
      method: 'GET',
      ...init,
    }),
  getCommentsByIds: ({ requestJira, query, init }) =>
    requestJira(route`/rest/api/3/comment/list?${query}`, { method: 'POST', ...init }),
  addComment: ({ requestJira, path, init }) =>
    requestJira(route`/rest/api/3/issue/${path.issueIdOrKey}/comment`, {
      method: 'POST',
      ...init,
    }),
  updateComment: ({ requestJira, path, init }) =>
    requestJira(route`/rest/api/3/issue/${path.issueIdOrKey}/comment/${path.id}`, {
      method: 'PUT',
      ...init,
    }),
  deleteComment: ({ requestJira, path, init }) =>
    requestJira(route`/rest/api/3/issue/${path.issueIdOrKey}/comment/${path.id}`, {
      method: 'DELETE',
      ...init,
    }),
  searchIssues: ({ requestJira, init }) =>
    requestJira(route`/rest/api/3/search/jql`, { method: 'POST', ...init }),
};
