/**
 * No network of the app's own: what leaves a function leaves by `fetch`, where the manifest's egress is
 * enforced (Forge: Runtime egress permissions, which apply to all functions). Whether the platform would let a
 * socket of Node's out is UNVERIFIED; the sandbox never does.
 */
import { Socket } from 'node:net';
import { currentInvocation } from './current-invocation';

type Connect = (this: Socket, ...args: unknown[]) => Socket;

/** The sockets are the process's, while a test runner loads this file anew for each test file: the last one counts. */
const GUARD = Symbol.for('issuesync-sandbox.socket-guard');
type Guarded = typeof Socket.prototype & { [GUARD]?: () => void };

/** Sockets that an invocation opens, by whatever module, throw and are a violation from now on. */
export function guardSockets(): void {
  const prototype: Guarded = Socket.prototype;
  const isGuarded = GUARD in prototype;
  prototype[GUARD] = () =>
    currentInvocation()?.violation(
      'a function has opened a socket: what leaves it leaves by fetch',
    );
  if (isGuarded) return;
  const { connect } = prototype as { connect: Connect };
  prototype.connect = function (this: Guarded, ...args: unknown[]) {
    this[GUARD]?.();
    return connect.apply(this, args);
  };
}
