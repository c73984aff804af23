/** How long a function may wait for one request (Forge: Invocation limits). */
import type { Clock } from '../clock';
import { OUTBOUND_REQUEST_TIME_LIMIT_MS } from './limits';

/**
 * The answer, if it comes in time; what was asked for may happen all the same.
 *
 * @throws TypeError `fetch failed` after the time (what the app sees then is UNVERIFIED)
 */
export function withinOutboundLimit<T>(clock: Clock, answer: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.setTimeout(
      () => reject(new TypeError('fetch failed')),
      OUTBOUND_REQUEST_TIME_LIMIT_MS,
    );
    answer.then(resolve, reject).finally(cancel);
  });
}
