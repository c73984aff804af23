/**
 * Every call that the app makes of Jira's REST API, and as whom. Tests compare this list with Atlassian's
 * OpenAPI description, with the scopes in `manifest.yml`, and with the calls in `src/forge/jira-calls.ts`,
 * which has each path once more, as the literal that Forge's linter can read.
 */

export interface JiraOperation {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path template of the REST API, version 3, as `/rest/api/3/issue/{issueIdOrKey}`. */
  path: string;
  /** The query parameters that we use. */
  query?: readonly string[];
  /** By whom it is called: then its scope needs `allowImpersonation` for `localUser`. */
  callers: readonly ('app' | 'caller' | 'localUser')[];
}

export const operations = {
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/ */
  getCurrentUser: { method: 'GET', path: '/rest/api/3/myself', callers: ['app', 'localUser'] },
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/ */
  getUser: { method: 'GET', path: '/rest/api/3/user', query: ['accountId'], callers: ['app'] },
  bulkGetUsers: {
    method: 'GET',
    path: '/rest/api/3/user/bulk',
    query: ['accountId', 'maxResults'],
    callers: ['localUser', 'app'],
  },
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/ */
  getMyPermissions: {
    method: 'GET',
    path: '/rest/api/3/mypermissions',
    query: ['permissions'],
    callers: ['caller', 'app', 'localUser'],
  },
  getBulkPermissions: {
    method: 'POST',
    path: '/rest/api/3/permissions/check',
    callers: ['app', 'localUser'],
  },
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/ */
  searchProjects: {
    method: 'GET',
    path: '/rest/api/3/project/search',
    query: ['startAt', 'maxResults', 'orderBy', 'id', 'action', 'expand'],
    callers: ['app', 'localUser'],
  },
  getAllStatuses: {
    method: 'GET',
    path: '/rest/api/3/project/{projectIdOrKey}/statuses',
    callers: ['app', 'localUser'],
  },
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ */
  getCreateIssueMetaIssueTypeId: {
    method: 'GET',
    path: '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}',
    query: ['startAt', 'maxResults'],
    callers: ['app', 'localUser'],
  },
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-jql/ */
  parseJqlQueries: {
    method: 'POST',
    path: '/rest/api/3/jql/parse',
    query: ['validation'],
    callers: ['app', 'localUser'],
  },
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/ */
  countIssues: {
    method: 'POST',
    path: '/rest/api/3/search/approximate-count',
    callers: ['app', 'localUser'],
  },
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-server-info/ */
  getServerInfo: { method: 'GET', path: '/rest/api/3/serverInfo', callers: ['app'] },
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ */
  getIssue: {
    method: 'GET',
    path: '/rest/api/3/issue/{issueIdOrKey}',
    query: ['fields', 'expand', 'properties'],
    callers: ['app', 'localUser'],
  },
  createIssue: { method: 'POST', path: '/rest/api/3/issue', callers: ['app', 'localUser'] },
  editIssue: {
    method: 'PUT',
    path: '/rest/api/3/issue/{issueIdOrKey}',
    query: ['returnIssue', 'expand'],
    callers: ['app', 'localUser'],
  },
  deleteIssue: {
    method: 'DELETE',
    path: '/rest/api/3/issue/{issueIdOrKey}',
    callers: ['app', 'localUser'],
  },
  bulkFetchIssues: {
    method: 'POST',
    path: '/rest/api/3/issue/bulkfetch',
    callers: ['app', 'localUser'],
  },
  getTransitions: {
    method: 'GET',
    path: '/rest/api/3/issue/{issueIdOrKey}/transitions',
    query: ['expand'],
    callers: ['app', 'localUser'],
  },
  doTransition: {
    method: 'POST',
    path: '/rest/api/3/issue/{issueIdOrKey}/transitions',
    callers: ['app', 'localUser'],
  },
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/ */
  getComments: {
    method: 'GET',
    path: '/rest/api/3/issue/{issueIdOrKey}/comment',
    query: ['startAt', 'maxResults', 'orderBy'],
    callers: ['app', 'localUser'],
  },
  getCommentsByIds: {
    method: 'POST',
    path: '/rest/api/3/comment/list',
    query: ['expand'],
    callers: ['app', 'localUser'],
  },
  addComment: {
    method: 'POST',
    path: '/rest/api/3/issue/{issueIdOrKey}/comment',
    callers: ['app', 'localUser'],
  },
  updateComment: {
    method: 'PUT',
    path: '/rest/api/3/issue/{issueIdOrKey}/comment/{id}',
    callers: ['app', 'localUser'],
  },
  deleteComment: {
    method: 'DELETE',
    path: '/rest/api/3/issue/{issueIdOrKey}/comment/{id}',
    callers: ['app', 'localUser'],
  },
  searchIssues: { method: 'POST', path: '/rest/api/3/search/jql', callers: ['app', 'localUser'] },
} as const satisfies Record<string, JiraOperation>;

export type OperationName = keyof typeof operations;

/** `GET`, of one operation. */
export type MethodOf<Name extends OperationName> = (typeof operations)[Name]['method'];

/** The names of its path parameters: `issueIdOrKey` of `/rest/api/3/issue/{issueIdOrKey}`. */
export type PathParameter<Name extends OperationName> = NamesIn<(typeof operations)[Name]['path']>;

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** The names of its query parameters. */
export type QueryParameter<Name extends OperationName> = (typeof operations)[Name] extends {
  query: readonly (infer Parameter extends string)[];
}
  ? Parameter
  : never;
