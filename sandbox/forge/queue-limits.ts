/** Forge: Async events limits, per installation. */

/** "Event per request". */
export const MAX_EVENTS_PER_REQUEST = 50;

/** "Event per minute". That any 60 seconds count, and not the clock's minutes, is the stricter reading. */
export const MAX_EVENTS_PER_MINUTE = 500;

/** "Payload size": the combined payload of a request, in KB of 1,024 as the SDK counts. */
export const MAX_REQUEST_KB = 200;

/** "Payload size for long running functions": one event for a consumer with a timeout over 55 s. */
export const MAX_LONG_RUNNING_EVENT_KB = 100;

/** "Cyclic invocation limit": push requests of all handlers that one initial invocation has set off. */
export const MAX_REQUESTS_PER_CHAIN = 1_000;

/** Async events API: `delayInSeconds`. */
export const MAX_DELAY_SECONDS = 900;

/** Async events API: the retention window. Its extension by platform errors is not modelled. */
export const RETENTION_MS = 24 * 3_600_000;
