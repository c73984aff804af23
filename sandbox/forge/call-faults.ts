/** One call of a service under the fault rules of its site: what goes wrong, and what the app sees of it. */
import { STATUS_CODES } from 'node:http';
import type { Clock } from '../clock';
import type { CallFaults, ServiceCall } from '../fault-injector';
import type { CallEnd, CallService } from '../fault-rules';
import { limitedByJira } from './jira-budgets';
import { conditionFailed } from './kvs-refusal';
import { never } from './never';

/** The invocation that calls. */
export interface FaultyCaller {
  readonly signal: AbortSignal;
  kill(reason: 'killed', message: string): void;
}

export interface CallFaultSite {
  readonly clock: Clock;
  faultsOf(call: ServiceCall): CallFaults;
}

/**
 * Makes a call, or what the rules make of it.
 *
 * @param caller `undefined` for the app's page, which calls without an invocation
 * @param serve has the call's effect and answers as the service does
 * @throws TypeError `fetch failed` where the answer is lost, and what `serve` throws
 */
export async function underFaults(
  site: CallFaultSite,
  call: Omit<ServiceCall, 'isInvocation'>,
  caller: FaultyCaller | undefined,
  serve: () => Promise<Response>,
): Promise<Response> {
  const { delayMs, end } = site.faultsOf({ ...call, isInvocation: caller !== undefined });
  await site.clock.sleep(delayMs);
  // What an invocation that has ended still calls has no effect.
  if (delayMs > 0 && caller?.signal.aborted) return never();
  if (!end) return serve();
  if (!hasEffect(end)) return without(end, call.service, site.clock.now(), caller);
  const answer = await serve();
  // Nobody reads it: the connection behind it is let go.
  void answer.body?.cancel();
  return without(end, call.service, site.clock.now(), caller);
}

function hasEffect(end: CallEnd): boolean {
  switch (end.kind) {
    case 'rate-limit':
    case 'conflict':
      return false;
    case 'lost-answer':
      return true;
    case 'fail':
    case 'hang':
    case 'kill':
      return end.when === 'after';
  }
}

function without(
  end: CallEnd,
  service: CallService,
  now: number,
  caller: FaultyCaller | undefined,
): Promise<Response> {
  switch (end.kind) {
    case 'fail':
      return Promise.resolve(failed(service, end));
    case 'rate-limit':
      return Promise.resolve(limited(end, now));
    case 'conflict':
      return Promise.resolve(conflict());
    case 'lost-answer':
      // The runtime's own fetch of the platform's proxy fails (UNVERIFIED), as it does for egress.
      return Promise.reject(new TypeError('fetch failed'));
    case 'kill':
      caller?.kill('killed', 'Function was killed.');
      return never();
    case 'hang':
      return never();
  }
}

/**
 * A 5xx. A 500 is the service's own, in the form of its errors (the key-value store's code and Jira's text
 * are UNVERIFIED); any other status comes from a gateway in front of it, which knows no JSON ([2nd]).
 */
function failed(
  service: CallService,
  { status, retryAfterS }: Extract<CallEnd, { kind: 'fail' }>,
): Response {
  const headers = after(retryAfterS);
  const init = { status, statusText: STATUS_CODES[status] ?? '', headers };
  if (status === 500 && service === 'kvs') {
    const error = { code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error' };
    return Response.json(error, init);
  }
  if (status === 500 && service === 'jira') {
    return Response.json({ errorMessages: ['Internal server error'], errors: {} }, init);
  }
  return new Response(`<html><body><h1>${status}</h1></body></html>`, {
    ...init,
    headers: { 'content-type': 'text/html', ...headers },
  });
}

function limited(end: Extract<CallEnd, { kind: 'rate-limit' }>, now: number): Response {
  if ('reason' in end) return limitedByJira(end.reason, now, now + end.retryAfterS * 1000);
  if ('code' in end) {
    return Response.json({ code: end.code, message: 'Rate limit exceeded' }, { status: 429 });
  }
  return new Response('Too Many Requests', {
    status: 429,
    statusText: 'Too Many Requests',
    headers: { 'content-type': 'text/plain', ...after(end.retryAfterS) },
  });
}

/** As of a transaction whose condition does not hold (Forge: Transactions, conditions; "optimistic locking"). */
function conflict(): Response {
  const { code, message, status } = conditionFailed();
  return Response.json({ code, message }, { status });
}

function after(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}
