/** Limits of the platform that the app has to keep to, each with its source. Our own bounds stand where they are used. */

/** A resolver is ended after this time. Forge: "Invocation limits" (25 s for UI calls). */
export const RESOLVER_TIME_MS = 25_000;

/** Entries in one page of a key-value query. Forge: "Key-value store limits". */
export const KVS_QUERY_PAGE = 100;

/** Projects in one page of `project/search`. Jira REST API v3 caps `maxResults` there; more is cut silently. */
export const JIRA_PROJECT_PAGE = 100;

/** Projects in one call of `permissions/check`. Jira REST API v3: "A maximum of 1000 projects". */
export const JIRA_PERMISSION_CHECK_PROJECTS = 1000;
