/**
 * Every call that the app makes of Jira's REST API, and as whom. A test compares this list with
 * Atlassian's OpenAPI description and with the scopes in `manifest.yml`.
 */

export interface JiraOperation {
  method: 'GET' | 'POST';
  /** Path template of the REST API, version 3. */
  path: string;
  /** By whom it is called: then its scope needs `allowImpersonation` for `localUser`. */
  callers: readonly ('app' | 'caller' | 'localUser')[];
}

export const operations = {
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/ */
  getCurrentUser: { method: 'GET', path: '/rest/api/3/myself', callers: ['app', 'localUser'] },
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/ */
  getUser: { method: 'GET', path: '/rest/api/3/user', callers: ['app'] },
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/ */
  getMyPermissions: {
    method: 'GET',
    path: '/rest/api/3/mypermissions',
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
    callers: ['app', 'localUser'],
  },
  /** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-server-info/ */
  getServerInfo: { method: 'GET', path: '/rest/api/3/serverInfo', callers: ['app'] },
} as const satisfies Record<string, JiraOperation>;

export type OperationName = keyof typeof operations;
