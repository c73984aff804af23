/**
 * What the page and the app's iframe say to each other by `postMessage`, and how functions cross.
 *
 * Atlassian's own transport is closed; only what the packages see of it is modelled: `callBridge`
 * returns a promise, functions in its data can be called by the host (Forge: bridge contract).
 */

/** From the app's iframe to the page. */
export type FromFrame =
  | { kind: 'bridge'; call: number; command: string; data: unknown; functions: number }
  /** The handler was run; what it started may still go on. */
  | { kind: 'ran'; call: number }
  /** A handler threw, or the promise that it returned was rejected. */
  | { kind: 'threw'; message: string }
  /** An error that nobody in the iframe caught, a bundle that does not load for instance. */
  | { kind: 'crashed'; message: string }
  | { kind: 'refused-by-policy'; message: string };

/** From the page to the app's iframe. */
export type ToFrame =
  | { kind: 'resolve'; call: number; value: unknown }
  | { kind: 'reject'; call: number; message: string }
  | { kind: 'call'; call: number; id: string; args: unknown[] }
  /** The page will not call these any more. */
  | { kind: 'release'; ids: string[] };

/** Stands for a function of the app on the other side. */
export interface FunctionReference {
  __type__: 'function';
  id: string;
}

export function isFunctionReference(value: unknown): value is FunctionReference {
  return isRecord(value) && value.__type__ === 'function' && typeof value.id === 'string';
}

/** An object that is neither an array nor null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
