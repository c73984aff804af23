/**
 * The globals that the app and the unmodified `@forge/*` packages find (Forge: `__forge_fetch__` and
 * `__forge_runtime__`). Inside an invocation they are the platform's, by AsyncLocalStorage; outside of one
 * everything is Node's own. What is imported from `node:timers` is not covered.
 */
import { format } from 'node:util';
import { currentInvocation } from './current-invocation';
import { InvocationTimer } from './invocation-timer';
import { native } from './native';
import { guardSockets } from './socket-guard';

let installed = false;

/**
 * Installs the globals, once per process. Must run before the app is loaded: `@forge/api` takes `fetch`
 * when it is imported.
 */
export function installGlobals(): void {
  if (installed) return;
  installed = true;
  guardSockets();
  define('__forge_runtime__', { get: () => currentInvocation()?.runtime });
  define('__forge_fetch__', { value: forgeFetch });
  define('fetch', { value: fetchAsInvocation });
  define('Date', { value: invocationDate() });
  define('console', { value: invocationConsole() });
  define('setTimeout', { value: timerFunction(native.setTimeout, false) });
  define('setInterval', { value: timerFunction(native.setInterval, true) });
  define('clearTimeout', { value: clearFunction(native.clearTimeout) });
  define('clearInterval', { value: clearFunction(native.clearInterval) });
  Object.defineProperty(AbortSignal, 'timeout', {
    configurable: true,
    writable: true,
    value: abortSignalTimeout,
  });
}

function define(name: string, property: { value: unknown } | { get: () => unknown }): void {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    ...('value' in property ? { writable: true } : {}),
    ...property,
  });
}

function forgeFetch(meta: unknown, path: unknown, init?: RequestInit): Promise<Response> {
  const invocation = currentInvocation();
  if (!invocation) throw new Error('The Forge platform can only be called during an invocation.');
  return invocation.callPlatform(meta, String(path), init);
}

function fetchAsInvocation(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const invocation = currentInvocation();
  return invocation ? invocation.fetch(input, init) : native.fetch(input, init);
}

/** `Date` whose *now* is the invocation's. Everything else is Node's, `instanceof` included. */
function invocationDate(): DateConstructor {
  const now = (): number => currentInvocation()?.now() ?? native.Date.now();
  const date: DateConstructor = new Proxy(native.Date, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(
        target,
        args.length === 0 ? [now()] : args,
        newTarget === date ? target : newTarget,
      ) as Date,
    apply: () => new native.Date(now()).toString(),
    get: (target, property, receiver) =>
      property === 'now' ? now : (Reflect.get(target, property, receiver) as unknown),
  });
  return date;
}

const LOG_METHODS: readonly PropertyKey[] = ['log', 'info', 'warn', 'error', 'debug', 'trace'];

/** `console` whose lines go to the site's log, as `forge logs` would show them. */
function invocationConsole(): Console {
  return new Proxy(native.console, {
    get(target, property, receiver): unknown {
      const invocation = currentInvocation();
      if (invocation && LOG_METHODS.includes(property)) {
        return (...args: unknown[]) =>
          invocation.logOfApp(`${String(property)}: ${format(...args)}`);
      }
      return Reflect.get(target, property, receiver);
    },
  });
}

type Callback = (...args: unknown[]) => void;
type NativeTimer = (run: Callback, delayMs?: number, ...args: unknown[]) => unknown;

function timerFunction(nativeTimer: NativeTimer, repeats: boolean): NativeTimer {
  return (run, delayMs, ...args) => {
    const invocation = currentInvocation();
    return invocation
      ? invocation.startTimer(() => run(...args), delayMs || 0, repeats)
      : nativeTimer(run, delayMs, ...args);
  };
}

function clearFunction(clearNative: typeof clearTimeout): (timer?: unknown) => void {
  return (timer) => {
    if (timer instanceof InvocationTimer) timer.cancel();
    else clearNative(timer as NodeJS.Timeout | undefined);
  };
}

function abortSignalTimeout(delayMs: number): AbortSignal {
  const invocation = currentInvocation();
  if (!invocation) return native.abortSignalTimeout(delayMs);
  const controller = new AbortController();
  invocation.startTimer(
    () =>
      controller.abort(
        new DOMException('The operation was aborted due to timeout', 'TimeoutError'),
      ),
    delayMs,
    false,
  );
  return controller.signal;
}
