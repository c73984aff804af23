/** Jira's REST API through the platform's proxy. */
import api, { assumeTrustedRoute } from '@forge/api';
import { JiraError, type JiraAnswer, type JiraCall, type JiraClient } from '../jira/client';
import { withTimeout } from './timeout';

export const forgeJiraClient: JiraClient = {
  async call(call: JiraCall): Promise<JiraAnswer> {
    try {
      return await withTimeout(call.timeoutMs, (signal) => send(call, signal));
    } catch (error) {
      throw translate(error, call);
    }
  },
};

async function send(
  { operation, as, query, body }: JiraCall,
  signal: AbortSignal,
): Promise<JiraAnswer> {
  const { requestJira } =
    as === 'app' ? api.asApp() : as === 'caller' ? api.asUser() : api.asUser(as.accountId);
  // The path is a constant of ours, and the query is encoded: nothing in it can lead elsewhere.
  const search = query.size > 0 ? `?${query.toString()}` : '';
  const response = await requestJira(assumeTrustedRoute(`${operation.path}${search}`), {
    method: operation.method,
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal,
  });
  const text = await response.text();
  return { status: response.status, body: parse(text) };
}

/** A body that is no JSON (a proxy's error page) is no answer of Jira's. */
function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The SDK throws where the platform's proxy refuses, before Jira is asked: for an impersonated account
 * that is the refusal to impersonate (FORGE: "Impersonation"; the exact error is not documented).
 */
function translate(error: unknown, { as, operation }: JiraCall): JiraError {
  const options = { cause: error };
  const name = error instanceof Error ? error.name : '';
  const refused = name === 'PROXY_ERR' || name === 'NEEDS_AUTHENTICATION_ERR';
  if (refused && typeof as === 'object' && !isServerError(error)) {
    return new JiraError(
      'impersonation-refused',
      `${operation.path}: not as that account`,
      options,
    );
  }
  return new JiraError('unavailable', `${operation.path}: Jira did not answer`, options);
}

function isServerError(error: unknown): boolean {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && (status >= 500 || status === 429);
}
