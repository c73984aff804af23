/**
 * Runs in the app's sandboxed iframe before the app's bundle: it puts `__bridge` where the unmodified
 * `@forge/bridge` and `@forge/react` look for it at import (Forge: bridge contract), and carries each
 * call to the page.
 */
import {
  type FromFrame,
  type FunctionReference,
  isRecord,
  messageOf,
  type ToFrame,
} from './messages';

type AppFunction = ((...args: unknown[]) => unknown) & { __id__?: string };

interface KeptFunction {
  run: AppFunction;
  /** The number of the last document that held it; functions outside of documents never age. */
  lastSeen: number;
}

/**
 * How many documents a handler outlives the last one that held it. The page may be that far behind
 * when a user acts; older ones are dropped, because `register()` makes new handlers at each render.
 */
const DOCUMENTS_KEPT = 50;

const REACT_ELEMENT = Symbol.for('react.element');

const kept = new Map<string, KeptFunction>();
const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
let calls = 0;
let documents = 0;
let ids = 0;

// The iframe's origin is opaque, its address is not: the page above it has the origin of the address.
const send = (message: FromFrame) => window.parent.postMessage(message, window.location.origin);

function callBridge(command: string, data?: unknown): Promise<unknown> {
  if (command === 'reconcile') documents += 1;
  const call = (calls += 1);
  const encoded = encode(data, command === 'reconcile' ? documents : Infinity, []);
  if (command === 'reconcile') prune();
  const answer = new Promise<unknown>((resolve, reject) => waiting.set(call, { resolve, reject }));
  send({ kind: 'bridge', call, command, data: encoded, functions: kept.size });
  return answer;
}

/** A copy that `postMessage` takes: functions become references, symbols and cycles are left out. */
function encode(value: unknown, lastSeen: number, above: unknown[]): unknown {
  if (typeof value === 'function') return keep(value as AppFunction, lastSeen);
  if (typeof value === 'symbol' || above.includes(value)) return undefined;
  const path = [...above, value];
  if (Array.isArray(value)) return value.map((item) => encode(item, lastSeen, path));
  if (!isRecord(value) || !isPlain(value)) return value;
  // A React element in a prop: its fiber (`_owner`) is React's own business.
  const names = value.$$typeof === REACT_ELEMENT ? ['type', 'props'] : Object.keys(value);
  return Object.fromEntries(names.map((name) => [name, encode(value[name], lastSeen, path)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function keep(run: AppFunction, lastSeen: number): FunctionReference {
  // @forge/react has marked the handlers of its elements already; others get an id here.
  const id = (run.__id__ ??= `frame-${(ids += 1)}`);
  kept.set(id, { run, lastSeen });
  return { __type__: 'function', id };
}

function prune(): void {
  for (const [id, { lastSeen }] of kept) if (lastSeen < documents - DOCUMENTS_KEPT) kept.delete(id);
}

function runHandler(call: number, id: string, args: unknown[]): void {
  const handler = kept.get(id);
  const failed = (error: unknown) => send({ kind: 'threw', message: messageOf(error) });
  try {
    if (!handler) throw new Error(`the handler ${id} is of a document long gone`);
    Promise.resolve(handler.run(...args)).catch(failed);
  } catch (error) {
    failed(error);
  }
  send({ kind: 'ran', call });
}

window.addEventListener('message', (event: MessageEvent<ToFrame>) => {
  if (event.source !== window.parent) return;
  const message = event.data;
  switch (message.kind) {
    case 'resolve':
      waiting.get(message.call)?.resolve(message.value);
      waiting.delete(message.call);
      break;
    case 'reject':
      waiting.get(message.call)?.reject(new Error(message.message));
      waiting.delete(message.call);
      break;
    case 'call':
      runHandler(message.call, message.id, message.args);
      break;
    case 'release':
      for (const id of message.ids) kept.delete(id);
      break;
  }
});

window.addEventListener('error', (event) => send({ kind: 'crashed', message: event.message }));
window.addEventListener('unhandledrejection', (event) =>
  send({ kind: 'crashed', message: `unhandled rejection: ${messageOf(event.reason)}` }),
);
window.addEventListener('securitypolicyviolation', (event) =>
  send({
    kind: 'refused-by-policy',
    message: `${event.effectiveDirective} of ${event.blockedURI}`,
  }),
);

Object.assign(globalThis, { __bridge: { callBridge } });
