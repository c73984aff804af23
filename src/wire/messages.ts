/** The messages of protocol 1, as docs/wire.md describes them, and every way to refuse one. */
import { z } from 'zod';

/** The version that this end speaks. */
export const PROTOCOL = 1;
export const SUPPORTED_PROTOCOLS = [PROTOCOL];

/** The requests that this end answers. */
export const OPS = ['ping', 'exchange', 'describe'] as const;
export type Op = (typeof OPS)[number];

/**
 * Who sends or receives: the cloud id of a Jira Cloud site. Other ends choose an id of their own, once
 * and for ever.
 */
const siteId = z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/);
const protocol = z.int().positive();

/**
 * What every request begins with. These five keep their meaning in every protocol, so that an end can
 * say that it does not speak the caller's. `op` is any text here: an unknown one is refused as such.
 */
export const requestSchema = z.object({
  protocol,
  kind: z.literal('request'),
  op: z.string().min(1).max(64),
  from: siteId,
  to: siteId.optional(),
});
export type RequestHead = z.infer<typeof requestSchema>;

/** A signed answer. `payload` is JSON as text: what was signed is what is parsed. */
export const answerEnvelopeSchema = z.object({
  id: z.string(),
  /** Whole seconds since the epoch. Not held against any window: `id` binds it to the request. */
  timestamp: z.int().nonnegative(),
  signature: z.string(),
  payload: z.string(),
});
export type AnswerEnvelope = z.infer<typeof answerEnvelopeSchema>;

/** What every answer's payload begins with, refusals included. */
export const answerHeadSchema = z.object({
  protocol,
  kind: z.literal('answer'),
  /** The HTTP status; of the two, this one counts. */
  status: z.int(),
  from: siteId,
  /** Absent only where the request's `from` could not be read. */
  to: siteId.optional(),
  /** The versions that the sender speaks: in the answer to `ping`, and where it refuses ours. */
  protocols: z.array(protocol).optional(),
});

/** Whether the remote's Local User can do its work, evaluated there for each `ping`. */
export const LOCAL_USER_STATES = [
  'ok',
  'missing',
  'inactive',
  'not-impersonated',
  'missing-permission',
  'unknown',
] as const;
export type LocalUserState = (typeof LOCAL_USER_STATES)[number];

export const pingAnswerSchema = answerHeadSchema.extend({
  op: z.literal('ping'),
  status: z.literal(200),
  to: siteId,
  protocols: z.array(protocol),
  ops: z.array(z.string()),
  mode: z.enum(['active', 'passive']),
  paused: z.boolean(),
  /** Milliseconds since the epoch. */
  now: z.int(),
  localUser: z.enum(LOCAL_USER_STATES),
});
export type PingAnswer = z.infer<typeof pingAnswerSchema>;

interface Reason {
  status: number;
  /** One sentence for a person; programs read the code. */
  title: string;
}

const reasons = <C extends string>(table: Record<C, Reason>): Readonly<Record<C, Reason>> => table;

/** Before the signature verifies: hints that anybody can read and anybody could have faked. */
export const UNSIGNED_REFUSALS = reasons({
  method: { status: 405, title: 'Only POST is answered here.' },
  'too-large': { status: 413, title: 'The body is larger than 4 MiB.' },
  'content-type': { status: 415, title: 'The content type must be application/json.' },
  'bad-headers': {
    status: 400,
    title: 'A header of the signature is missing, repeated or malformed.',
  },
  'stale-timestamp': {
    status: 401,
    title: 'The timestamp is more than 5 minutes away from the time here.',
  },
  unauthenticated: { status: 401, title: 'The key is not known here, or the signature is wrong.' },
});
export type UnsignedRefusalCode = keyof typeof UNSIGNED_REFUSALS;

/** Once the signature verified: as much to be relied on as any other answer. */
export const SIGNED_REFUSALS = reasons({
  'bad-json': { status: 400, title: 'The body is not JSON.' },
  'bad-request': { status: 400, title: 'The body is not a request.' },
  protocol: { status: 409, title: 'This protocol version is not spoken here.' },
  self: { status: 403, title: 'A site may only ping itself.' },
  'wrong-site': { status: 409, title: 'The request is not between the two sites of this key.' },
  paused: { status: 503, title: 'The connection is paused here.' },
  'rate-limited': { status: 429, title: 'Too many requests.' },
  'unknown-op': { status: 400, title: 'This op is not known here.' },
});
export type SignedRefusalCode = keyof typeof SIGNED_REFUSALS;

const codesOf = <C extends string>(table: Readonly<Record<C, Reason>>) =>
  z.enum(Object.keys(table) as C[]);

/** What the `type` of our problem documents begins with: by it an IssueSYNC endpoint is told. */
export const PROBLEM_TYPE_PREFIX = 'urn:issuesync:problem:';

/** An unsigned refusal: a problem document (RFC 9457). */
export const problemSchema = z.object({
  type: z.string().startsWith(PROBLEM_TYPE_PREFIX),
  title: z.string(),
  status: z.int(),
  code: codesOf(UNSIGNED_REFUSALS),
  /** With `stale-timestamp`: milliseconds since the epoch. */
  now: z.int().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** The payload of a signed refusal. */
export const refusalSchema = answerHeadSchema.extend({
  code: codesOf(SIGNED_REFUSALS),
  title: z.string(),
  /** With `paused` and `rate-limited`: seconds. */
  retryAfter: z.int().nonnegative().optional(),
});
export type RefusalPayload = z.infer<typeof refusalSchema>;

/** @returns `undefined` where `text` is no JSON, which no JSON text can mean */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
