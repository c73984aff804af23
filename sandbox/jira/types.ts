/** What goes into and comes out of the sandbox's Jira, whoever calls: the app, a browser, a test. */

/**
 * On whose behalf a request is made. `app` is the site's own app account; `byApp` says that the app acts as
 * that user.
 */
export type Principal =
  { type: 'user'; accountId: string; byApp?: true } | { type: 'app' } | { type: 'anonymous' };

export interface JiraRequest {
  method: string;
  /** Path and query, as `/rest/api/3/user?accountId=…`. */
  path: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string | undefined;
  principal: Principal;
}

export interface JiraResponse {
  status: number;
  headers: Record<string, string>;
  /** JSON text (plain text for 401), or `undefined` where Jira sends no body (204 too). */
  body: string | undefined;
}
