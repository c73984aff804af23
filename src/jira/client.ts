/** Calling Jira: the port, and what can go wrong. `src/forge/jira-client.ts` implements it. */
import { z } from 'zod';
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
  /** A list is a parameter that is given several times. */
  query?: Partial<Record<QueryParameter<Name>, string | readonly string[]>>;
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

/** Why Jira does not do what it was asked: in its own words, for whoever reads its documentation or its screens. */
export interface JiraRefusal {
  status: number;
  messages: readonly string[];
  /** By field. */
  errors: Readonly<Record<string, string>>;
}

/** Asking again later may help: a time-out, a conflict with another edit, a lock, a rate limit. */
const PASSING: ReadonlySet<number> = new Set([408, 409, 423, 425, 429]);

const DONE: ReadonlySet<number> = new Set([200, 201, 204]);

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
  const answer = await send(jira, name, options);
  if (absent.includes(answer.status)) return undefined;
  if (answer.status !== 200) throw unexpected(name, answer);
  return parse(name, schema, answer);
}

/**
 * Asks Jira to change something.
 *
 * @returns the answer, or why Jira has changed nothing
 * @throws JiraError where nothing is known of what has happened, or Jira does not know us
 */
export async function askJira<Name extends OperationName, T>(
  jira: JiraClient,
  name: Name,
  schema: z.ZodType<T>,
  options: CallOptions<Name>,
): Promise<{ answer: T } | { refusal: JiraRefusal }> {
  const answer = await send(jira, name, options);
  const { status } = answer;
  if (DONE.has(status)) return { answer: parse(name, schema, answer) };
  if (PASSING.has(status)) throw unavailable(name, answer);
  if (status < 400 || status === 401) throw unexpected(name, answer);
  return { refusal: refusalIn(answer) };
}

/** @throws JiraError for what may be over later */
async function send<Name extends OperationName>(
  jira: JiraClient,
  name: Name,
  { as, path, query, body, time }: CallOptions<Name>,
): Promise<JiraAnswer> {
  const answer = await jira.call({
    name,
    as,
    // Left out only where the operation has none.
    path: path ?? ({} as Record<PathParameter<Name>, string>),
    query: searchParams(query ?? {}),
    body,
    timeoutMs: timeLeft(time),
  });
  if (answer.status === 429 || answer.status >= 500) throw unavailable(name, answer);
  return answer;
}

const searchParams = (query: Record<string, unknown>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, String(one)]),
    ),
  );

function parse<T>(name: OperationName, schema: z.ZodType<T>, { body }: JiraAnswer): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new JiraError('unexpected', `${name}: Jira's answer has not the form it should have`, {
    cause: parsed.error,
  });
}

const unavailable = (name: OperationName, { status }: JiraAnswer): JiraError =>
  new JiraError('unavailable', `${name}: Jira answered ${status}`);

const unexpected = (name: OperationName, { status }: JiraAnswer): JiraError =>
  new JiraError('unexpected', `${name}: Jira answered ${status}`);

/** Atlassian's OpenAPI description: `ErrorCollection`. */
const errorsSchema = z.object({
  errorMessages: z.array(z.string()).catch([]),
  errors: z.record(z.string(), z.string()).catch({}),
});

function refusalIn({ status, body }: JiraAnswer): JiraRefusal {
  const { data } = errorsSchema.safeParse(body);
  return { status, messages: data?.errorMessages ?? [], errors: data?.errors ?? {} };
}
