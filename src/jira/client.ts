/** Calling Jira: the port, and what can go wrong. `src/forge/jira-client.ts` implements it. */
import type { z } from 'zod';
import type { OperationName, PathParameter, QueryParameter } from './operations';

/** `caller`: whoever invoked the app; otherwise the account that is impersonated. */
export type JiraPrincipal = 'app' | 'caller' | { accountId: string };

export interface JiraCall<Name extends OperationName = OperationName> {
  name: Name;
  as: JiraPrincipal;
  /** As they are: whoever puts them into the path encodes them. */
  path: Record<PathParameter<Name>, string>;
  query: URLSearchParams;
  body: unknown;
  /** After this many milliseconds the call counts as unanswered. */
  timeoutMs: number;
}

export interface JiraAnswer {
  status: number;
  /** Parsed JSON, or `undefined` where there was none. */
  body: unknown;
}

/** @throws JiraError `unavailable`, `impersonation-refused` */
export interface JiraClient {
  call<Name extends OperationName>(call: JiraCall<Name>): Promise<JiraAnswer>;
}

/**
 * - `unavailable`: no answer in time, a server error, or a rate limit: try again later.
 * - `impersonation-refused`: the platform does not let the app act as that account.
 * - `unexpected`: Jira answered something that this call cannot mean.
 */
export type JiraErrorCode = 'unavailable' | 'impersonation-refused' | 'unexpected';

export class JiraError extends Error {
  constructor(
    readonly code: JiraErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'JiraError';
  }
}

/** Whether asking again later may help. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof JiraError && error.code === 'unavailable';
}

export type CallOptions<Name extends OperationName> = {
  as: JiraPrincipal;
  query?: Partial<Record<QueryParameter<Name>, string>>;
  body?: unknown;
  time?: TimeBudget | undefined;
} & ([PathParameter<Name>] extends [never]
  ? { path?: undefined }
  : { path: Record<PathParameter<Name>, string> });

/** Several calls that must be over by a time. */
export interface TimeBudget {
  now(): number;
  /** Milliseconds since the epoch. */
  deadline: number;
}

/** One call of Jira takes at most this long, and less where the budget has less. */
const CALL_TIMEOUT_MS = 10_000;

function timeLeft(time: TimeBudget | undefined): number {
  if (time === undefined) return CALL_TIMEOUT_MS;
  const left = Math.min(CALL_TIMEOUT_MS, time.deadline - time.now());
  if (left <= 0) throw new JiraError('unavailable', 'There was no time left to ask Jira');
  return left;
}

/**
 * Calls Jira and checks the answer.
 *
 * @returns the answer, or `undefined` for one of the statuses in `absent`
 * @throws JiraError
 */
export async function callJira<Name extends OperationName, T>(
  jira: JiraClient,
  name: Name,
  schema: z.ZodType<T>,
  options: CallOptions<Name>,
  absent: readonly number[] = [],
): Promise<T | undefined> {
  const { status, body } = await jira.call({
    name,
    as: options.as,
    // Left out only where the operation has none.
    path: options.path ?? ({} as Record<PathParameter<Name>, string>),
    query: new URLSearchParams(options.query as Record<string, string> | undefined),
    body: options.body,
    timeoutMs: timeLeft(options.time),
  });
  if (absent.includes(status)) return undefined;
  if (status === 429 || status >= 500) {
    throw new JiraError('unavailable', `${name}: Jira answered ${status}`);
  }
  if (status !== 200) throw new JiraError('unexpected', `${name}: Jira answered ${status}`);
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new JiraError('unexpected', `${name}: Jira's answer has not the form it should have`, {
      cause: parsed.error,
    });
  }
  return parsed.data;
}
