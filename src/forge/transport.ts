/** Calling another site through the platform's egress. */
import { fetch, type APIResponse } from '@forge/api';
import type { Transport, TransportResult } from '../wire/client';
import { TimedOut, withTimeout } from './timeout';

export const forgeTransport: Transport = {
  async post(url, headers, body, timeoutMs): Promise<TransportResult> {
    try {
      return await withTimeout(timeoutMs, async (signal) => {
        const response = await fetch(url, {
          method: 'POST',
          headers,
          body,
          signal,
          // A redirect may lead anywhere: it is an answer like any other, and not one of ours.
          redirect: 'manual',
        });
        if (isEgressRefusal(response)) return { kind: 'blocked' };
        if (isProxyFailure(response)) return { kind: 'unreachable' };
        return {
          kind: 'response',
          status: response.status,
          headers: headersOf(response),
          body: await response.text(),
        };
      });
    } catch (error) {
      if (error instanceof TimedOut) return { kind: 'timed-out' };
      if (error instanceof Error && error.name === 'REQUEST_EGRESS_ALLOWLIST_ERR') {
        return { kind: 'blocked' };
      }
      // DNS, TCP and TLS cannot be told apart from inside the platform.
      return { kind: 'unreachable' };
    }
  },
};

/** The platform's own refusal: 403 with its error header, never the remote's 403. */
function isEgressRefusal(response: APIResponse): boolean {
  return response.status === 403 && response.headers.has('forge-proxy-error');
}

/**
 * The platform's proxy found nobody at the address. Seen by another Forge app, not documented: a server
 * error with this header, in place of a fetch error.
 */
function isProxyFailure(response: APIResponse): boolean {
  return response.status >= 500 && response.headers.has('x-squid-error');
}

function headersOf(response: APIResponse): Record<string, string> {
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    headers[name.toLowerCase()] = value;
  });
  return headers;
}
