/** The platform's limits on invocations, egress and web triggers, each with its source. */

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

/** Forge: invocation limits, 100 egress calls per runtime minute, rounded up; requestJira not counted. */
export const EGRESS_CALLS_PER_MINUTE = 100;
