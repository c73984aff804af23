/** Which invocation the code that runs now belongs to: one process holds many sites and invocations. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Invocation } from './invocation';

const storage = new AsyncLocalStorage<Invocation>();

/** The invocation of the app that is running, `undefined` in the sandbox's own code. */
export function currentInvocation(): Invocation | undefined {
  return storage.getStore();
}

/** Runs the app's code as part of `invocation`, with all that it sets off. */
export function runInside<T>(invocation: Invocation, run: () => T): T {
  return storage.run(invocation, run);
}

/** Runs the platform's code: it sees the machine's own time and network, whoever called it. */
export function runOutside<T>(run: () => T): T {
  return storage.exit(run);
}
