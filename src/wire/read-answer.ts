/** What came back to a request: an answer that verifies, or what it is instead. */
import type { z } from 'zod';
import {
  answerEnvelopeSchema,
  answerHeadSchema,
  parseJson,
  problemSchema,
  PROTOCOL,
  refusalSchema,
  SIGNED_REFUSALS,
  type AnswerEnvelope,
  type SignedRefusalCode,
  type UnsignedRefusalCode,
} from './messages';
import { verifySignature, type Hmac } from './signature';

/** A response of HTTP, from whoever it may be. Header names are in lower case. */
export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The request that the response must answer. */
export interface SentRequest {
  id: string;
  secret: Buffer;
  /** Our own site id, and the remote's where it is known: it may be our own. */
  siteId: string;
  remoteSiteId: string | undefined;
}

/** An answer that does not verify is no answer, whatever it says. */
export type NotVerifiedReason =
  /** It looks like an answer, but nobody signed it. */
  | 'unsigned'
  | 'wrong-signature'
  /** It answers another request: an old answer, or one to another site. */
  | 'other-request'
  /** Our own request came back. */
  | 'reflected'
  /** Our own site answered where another one was asked. */
  | 'own-site'
  /** It is signed, or nearly, but not what the protocol says. */
  | 'malformed';

/** A refusal that the remote signed: `siteId` is the remote's. */
export interface SignedRefusal {
  kind: 'refused';
  code: SignedRefusalCode;
  status: number;
  siteId: string;
  retryAfterSeconds?: number;
  /** With `protocol`: the versions that the remote speaks. */
  protocols?: number[];
}

export type Unverified =
  /** What an IssueSYNC endpoint says before it trusts us: a hint. `now` in ms, with a stale timestamp. */
  | { kind: 'refused-unsigned'; code: UnsignedRefusalCode; status: number; now?: number }
  /** No answer of IssueSYNC, but one of HTTP: 424 (uninstalled), 404, 5xx, a redirect. */
  | { kind: 'http-status'; status: number }
  /** Success, of something else: a login page, a proxy. */
  | { kind: 'not-issuesync'; status: number; looksLike: 'html' | 'json' | 'other' }
  | { kind: 'not-verified'; reason: NotVerifiedReason };

/** `siteId` is the remote's, as it says itself: compare it with the one that is known. */
export type ReadAnswer<T> =
  { kind: 'answer'; answer: T; siteId: string } | SignedRefusal | Unverified;

/** Reads a response to `sent`; `schema` is that of the payload with status 200. */
export function readAnswer<T>(
  response: HttpResponse,
  sent: SentRequest,
  schema: z.ZodType<T>,
  hmac: Hmac,
): ReadAnswer<T> {
  const json = parseJson(response.body);
  const envelope = answerEnvelopeSchema.safeParse(json);
  if (envelope.success) return readEnvelope(envelope.data, sent, schema, hmac);
  const problem = problemSchema.safeParse(json);
  if (problem.success) {
    const { code, status, now } = problem.data;
    return { kind: 'refused-unsigned', code, status, ...(now === undefined ? {} : { now }) };
  }
  return readStranger(response, json);
}

function readEnvelope<T>(
  { id, timestamp, signature, payload }: AnswerEnvelope,
  sent: SentRequest,
  schema: z.ZodType<T>,
  hmac: Hmac,
): ReadAnswer<T> {
  if (id !== sent.id) return notVerified('other-request');
  if (!verifySignature(hmac, sent.secret, { id, timestamp, content: payload }, signature)) {
    return notVerified('wrong-signature');
  }
  const json = parseJson(payload);
  // Our request is signed with the same key and id: put into an envelope it verifies.
  if (field(json, 'kind') === 'request') return notVerified('reflected');
  const head = answerHeadSchema.safeParse(json);
  if (!head.success) return notVerified('malformed');
  const { status, from, to, protocols = [head.data.protocol] } = head.data;
  if (from === sent.siteId && sent.remoteSiteId !== sent.siteId) return notVerified('own-site');

  if (status === 200) {
    if (to !== sent.siteId) return notVerified('other-request');
    if (!protocols.includes(PROTOCOL)) {
      // It did what we asked in a way that we do not know: as good as a refusal, and told as one.
      const { status: refusedStatus } = SIGNED_REFUSALS.protocol;
      return { kind: 'refused', code: 'protocol', status: refusedStatus, siteId: from, protocols };
    }
    const answer = schema.safeParse(json);
    if (!answer.success) return notVerified('malformed');
    return { kind: 'answer', answer: answer.data, siteId: from };
  }
  const refusal = refusalSchema.safeParse(json);
  if (!refusal.success) return notVerified('malformed');
  const { code, retryAfter } = refusal.data;
  // Who cannot read the request cannot know whom to address.
  const isUnread = code === 'bad-json' || code === 'bad-request';
  if (to !== sent.siteId && !(to === undefined && isUnread)) return notVerified('other-request');
  return {
    kind: 'refused',
    code,
    status,
    siteId: from,
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: retryAfter }),
    ...(code === 'protocol' ? { protocols } : {}),
  };
}

/** Neither an envelope nor one of our problem documents. */
function readStranger({ status, headers, body }: HttpResponse, json: unknown): Unverified {
  if (field(json, 'kind') === 'request') return notVerified('reflected');
  if (field(json, 'kind') === 'answer' || field(json, 'payload') !== undefined) {
    return notVerified(field(json, 'signature') === undefined ? 'unsigned' : 'malformed');
  }
  if (status < 200 || status > 299) return { kind: 'http-status', status };
  const isHtml = /html/i.test(headers['content-type'] ?? '') || body.trimStart().startsWith('<');
  const looksLike = isHtml ? 'html' : json === undefined ? 'other' : 'json';
  return { kind: 'not-issuesync', status, looksLike };
}

function field(json: unknown, name: 'kind' | 'payload' | 'signature'): unknown {
  return typeof json === 'object' && json !== null
    ? (json as Partial<Record<typeof name, unknown>>)[name]
    : undefined;
}

function notVerified(reason: NotVerifiedReason): {
  kind: 'not-verified';
  reason: NotVerifiedReason;
} {
  return { kind: 'not-verified', reason };
}
