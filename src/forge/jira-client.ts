/** Jira's REST API through the platform's proxy. */
import api from '@forge/api';
import { JiraError, type JiraAnswer, type JiraCall, type JiraClient } from '../jira/client';
import type { OperationName } from '../jira/operations';
import { jiraCalls } from './jira-calls';
import { withTimeout } from './timeout';

export const forgeJiraClient: JiraClient = {
  async call<Name extends OperationName>(call: JiraCall<Name>): Promise<JiraAnswer> {
    try {
      return await withTimeout(call.timeoutMs, (signal) => send(call, signal));
    } catch (error) {
      throw translate(error, call);
    }
  },
};

async function send<Name extends OperationName>(
  { name, as, path, query, body }: JiraCall<Name>,
  signal: AbortSignal,
): Promise<JiraAnswer> {
  const { requestJira } =
    as === 'app' ? api.asApp() : as === 'caller' ? api.asUser() : api.asUser(as.accountId);
  const response = await jiraCalls[name]({
    requestJira,
    path: encode(path),
    query,
    init: {
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
    },
  });
  const text = await response.text();
  return { status: response.status, body: parse(text) };
}

/** `route` refuses what leads to another path, but encodes nothing in a path. */
function encode<Parameter extends string>(
  path: Record<Parameter, string>,
): Record<Parameter, string> {
  const encoded = { ...path };
  for (const parameter in encoded) encoded[parameter] = encodeURIComponent(path[parameter]);
  return encoded;
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
function translate(error: unknown, { as, name: operation }: JiraCall): JiraError {
  const options = { cause: error };
  const name = error instanceof Error ? error.name : '';
  const refused = name === 'PROXY_ERR' || name === 'NEEDS_AUTHENTICATION_ERR';
  if (refused && typeof as === 'object' && !isServerError(error)) {
    return new JiraError('impersonation-refused', `${operation}: not as that account`, options);
  }
  return new JiraError('unavailable', `${operation}: Jira did not answer`, options);
}

function isServerError(error: unknown): boolean {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && (status >= 500 || status === 429);
}
