/** How Jira says no. */
import type { JiraResponse } from './types';

/** What Jira says of a body that is no JSON, or not of the form that the operation takes. */
export const INVALID_PAYLOAD =
  'Invalid request payload. Refer to the REST API documentation and try again.';

/** Ends a request with an error answer. */
export class JiraRefusal extends Error {
  constructor(readonly response: JiraResponse) {
    super(response.body ?? `HTTP ${response.status}`);
    this.name = 'JiraRefusal';
  }
}

/** Ends a request that real Jira would answer and this one cannot: an answer would be wrong. */
export class NotModelled extends Error {
  constructor(what: string) {
    super(`The sandbox's Jira does not model ${what}`);
    this.name = 'NotModelled';
  }
}

/**
 * An error in Jira's own shape, `{ errorMessages, errors }` (Atlassian's OpenAPI description: "Status
 * codes").
 */
export function refusal(
  status: 400 | 401 | 403 | 404 | 410,
  errorMessages: string[],
  errors: Record<string, string> = {},
): JiraRefusal {
  return new JiraRefusal(json(status, { errorMessages, errors }));
}

/**
 * 401 as Jira Cloud sends it: plain text, not JSON. [2nd] by several reports of 2025 and 2026. What is
 * missing is told for requests without credentials and for wrong ones alike.
 */
export function unauthenticated(baseUrl: string): JiraRefusal {
  return new JiraRefusal({
    status: 401,
    headers: {
      'content-type': 'text/html;charset=UTF-8',
      'www-authenticate': `OAuth realm="${encodeURIComponent(baseUrl)}"`,
    },
    body: 'Client must be authenticated to access this resource.',
  });
}

/** A path that no resource has. The form is that of Jira's REST framework; [2nd] for Jira Cloud. */
export function noSuchRoute(url: string): JiraRefusal {
  return new JiraRefusal(json(404, { message: `null for uri: ${url}`, 'status-code': 404 }));
}

/** A resource that does not take this method: no body ([2nd] for Jira Cloud). */
export function methodNotAllowed(allowed: string[]): JiraRefusal {
  return new JiraRefusal({
    status: 405,
    headers: { 'content-type': 'text/html;charset=UTF-8', allow: allowed.join(',') },
    body: undefined,
  });
}

/** A body in another type than JSON: no body (UNVERIFIED). */
export function unsupportedMediaType(): JiraRefusal {
  return new JiraRefusal({
    status: 415,
    headers: { 'content-type': 'text/html;charset=UTF-8' },
    body: undefined,
  });
}

/** An answer with a JSON body. */
export function json(status: number, value: unknown): JiraResponse {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: JSON.stringify(value),
  };
}
