/** What the services that deliver something to the app later have in common: chance, time, one attempt. */
import type { DeliveryKind } from '../fault-rules';
import {
  invoke,
  InvocationFailed,
  type InvocationOptions,
  type InvocationSite,
} from './invocation';
import { backOffCode, retryRequestOf, type RetryRequest } from './retry';

/** What they need of their site. */
export interface DeliverySite extends InvocationSite {
  /**
   * The delay in ms of each copy to deliver: `[0]` as it should be, `[]` lost, `[0, 500]` twice.
   *
   * @param name of the queue, the event's type, the schedule's key
   */
  deliveries(kind: DeliveryKind, name: string): number[];
}

/** How an attempt ended. */
export type Attempt =
  | { kind: 'delivered' }
  /** The app asked for another one. */
  | { kind: 'retry-requested'; request: RetryRequest }
  /** `code`: the platform tries again, for that reason. Without it there is no other attempt. */
  | { kind: 'failed'; code: string | undefined };

/** One attempt. Errors of the app are in its log; nothing is thrown. */
export async function attempt(
  site: DeliverySite,
  functionKey: string,
  payload: unknown,
  options: InvocationOptions,
): Promise<Attempt> {
  let result: unknown;
  try {
    result = await invoke(site, functionKey, payload, options);
  } catch (error) {
    if (!(error instanceof InvocationFailed)) {
      site.log(`${functionKey} error: ${String(error)}`);
      return { kind: 'failed', code: undefined };
    }
    return { kind: 'failed', code: backOffCode(error.reason, site.faults.retryThrown) };
  }
  const request = retryRequestOf(result);
  if (request === undefined) return { kind: 'delivered' };
  if ('refused' in request) {
    site.log(`${functionKey} error: the request for a retry is refused: ${request.refused}`);
    return { kind: 'failed', code: undefined };
  }
  return { kind: 'retry-requested', request };
}
