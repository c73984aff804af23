/** The platform's limits on invocations, egress, web triggers and Jira's REST API, each with its source. */

/** Forge: invocation limits, "25 seconds" for resolvers and everything behind a page. */
export const RESOLVER_TIME_LIMIT_MS = 25_000;

/** Forge: invocation limits, "55 seconds" for web triggers. */
export const WEB_TRIGGER_TIME_LIMIT_MS = 55_000;

/** Forge: invocation limits, consumers and scheduled triggers have 55 seconds unless `timeoutSeconds` says more. */
export const ASYNC_TIME_LIMIT_MS = 55_000;

/** Forge: function, `timeoutSeconds`. */
export const MAX_TIMEOUT_SECONDS = 900;

/** Forge: invocation limits, front-end invocation request payload 500 KB ([2nd]). */
export const FRONTEND_REQUEST_MAX_BYTES = 500 * 1024;

/** Forge: invocation limits, request and response payload of an invocation 5 MB ([2nd]). */
export const PAYLOAD_MAX_BYTES = 5 * 1024 * 1024;

/**
 * Forge: invocation limits, one outbound request of a long-running function, "including Atlassian REST APIs".
 */
export const OUTBOUND_REQUEST_TIME_LIMIT_MS = 180_000;

/** Forge: invocation limits, 100 egress calls per runtime minute, rounded up; requestJira not counted. */
export const EGRESS_CALLS_PER_MINUTE = 100;

/**
 * Forge: invocation limits, "fixed one-minute window"; the page of September 2026 is [2nd], that of January
 * had 5,000 for an installation.
 */
export const USER_INVOCATIONS_PER_MINUTE = 1_200;
export const INSTALLATION_INVOCATIONS_PER_MINUTE = 7_000;
export const INSTALLATION_INVOCATIONS_PER_SECOND = 300;

/** Forge: Impersonation, 1,000 tokens a minute per app. */
export const IMPERSONATIONS_PER_MINUTE = 1_000;

/**
 * Jira: Rate limiting, Tier 1: "a single 65,000 point hourly quota across all tenants", which begins anew "at
 * the top of each UTC hour".
 */
export const JIRA_POINTS_PER_HOUR = 65_000;

/** Jira: Rate limiting, Burst API rate limit: requests a second per tenant, endpoint and method. */
export const JIRA_REQUESTS_PER_SECOND: Readonly<Record<string, number>> = {
  GET: 100,
  POST: 100,
  PUT: 50,
  DELETE: 50,
};
/** The same for methods that the page does not list: the least of those that it does. */
export const JIRA_REQUESTS_PER_SECOND_OF_OTHERS = 50;

/** Jira: Rate limiting, endpoints with limits of their own, as far as they are of REST API 3. */
export const JIRA_REQUESTS_PER_SECOND_OF: Readonly<Record<string, number>> = {
  'GET /rest/api/3/user': 150,
  'GET /rest/api/3/issue/{issueIdOrKey}': 150,
  'GET /rest/api/3/issue/{issueIdOrKey}/changelog': 200,
  'GET /rest/api/3/attachment/content/{id}': 300,
  'GET /rest/api/3/attachment/thumbnail/{id}': 200,
  'POST /rest/api/3/search/approximate-count': 150,
};

/** Jira: Rate limiting, Per-issue rate limiting on write operations: both windows at once. */
export const ISSUE_WRITE_WINDOWS = [
  { limit: 20, lengthMs: 2_000 },
  { limit: 100, lengthMs: 30_000 },
] as const;
