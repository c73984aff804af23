/**
 * The machine's own globals, taken before `globals.ts` replaces them. The sandbox itself uses these where
 * it could run on behalf of an invocation.
 */
export const native = {
  Date: globalThis.Date,
  fetch: globalThis.fetch,
  console: globalThis.console,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setImmediate: globalThis.setImmediate,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  abortSignalTimeout: AbortSignal.timeout.bind(AbortSignal),
};
