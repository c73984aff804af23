/** How long each of the app's functions may run, by the manifest and by the modules that use it. */
import { ASYNC_TIME_LIMIT_MS, RESOLVER_TIME_LIMIT_MS, WEB_TRIGGER_TIME_LIMIT_MS } from './limits';

/** A module that names a function. */
export interface FunctionUse {
  moduleType: string;
  moduleKey: string;
  function: string;
}

/** Only their functions may run longer than by default (Forge: function, `timeoutSeconds`). */
const LONG_RUNNING = ['consumer', 'scheduledTrigger'];

/**
 * For each function that a module uses its limit, in ms: the lowest where modules share it (Forge: invocation
 * limits, `timeoutSeconds` counts for "function modules that are only referenced by consumer or scheduled
 * trigger modules").
 *
 * @throws Error for a `timeoutSeconds` that another kind of module would have, as Forge's lint does, and for
 *   a function that does not exist
 */
export function timeLimitsOf(
  functions: readonly { key: string; timeoutSeconds?: number | undefined }[],
  uses: readonly FunctionUse[],
): ReadonlyMap<string, number> {
  const declared = new Map(functions.map(({ key, timeoutSeconds }) => [key, timeoutSeconds]));
  const limits = new Map<string, number>();
  for (const { function: key, moduleType, moduleKey } of uses) {
    if (!declared.has(key)) {
      throw new Error(
        `manifest.yml: the function ${key} of ${moduleType} ${moduleKey} does not exist`,
      );
    }
    const timeoutSeconds = declared.get(key);
    if (timeoutSeconds !== undefined && !LONG_RUNNING.includes(moduleType)) {
      throw new Error(
        `manifest.yml: function ${key} has timeoutSeconds, but ${moduleType} ${moduleKey} uses it: only ${LONG_RUNNING.join(' and ')} modules may`,
      );
    }
    const limit =
      timeoutSeconds === undefined ? defaultLimitMs(moduleType) : timeoutSeconds * 1_000;
    limits.set(key, Math.min(limit, limits.get(key) ?? limit));
  }
  return limits;
}

function defaultLimitMs(moduleType: string): number {
  if (LONG_RUNNING.includes(moduleType)) return ASYNC_TIME_LIMIT_MS;
  if (moduleType === 'webtrigger') return WEB_TRIGGER_TIME_LIMIT_MS;
  // Forge names 25 s for what a page calls. Product events are not listed: UNVERIFIED for them.
  return RESOLVER_TIME_LIMIT_MS;
}
