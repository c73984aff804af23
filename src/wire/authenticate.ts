/** The first half of the endpoint: who sent this request? Nothing is parsed before that is known. */
import { hmacSecretOf } from './authentication-key';
import {
  PROBLEM_TYPE_PREFIX,
  UNSIGNED_REFUSALS,
  type Problem,
  type UnsignedRefusalCode,
} from './messages';
import { SIGNATURE_FORM, verifySignature, type Hmac } from './signature';

/** A request as the platform hands it over. Header names come in any case. */
export interface WireRequest {
  method: string;
  headers: Record<string, string[]>;
  /** The raw body; its UTF-8 bytes are what was signed. */
  body: string;
}

/** Header names are in lower case. */
export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Whom a key belongs to. */
export interface Caller {
  key: string;
  /** `undefined`: a probe key, with which a site may only ping itself. */
  connectionId: string | undefined;
  paused: boolean;
  passive: boolean;
  /** The remote's site id, where it is known already. */
  remoteSiteId?: string | undefined;
}

export interface AuthenticationPorts {
  /** Milliseconds since the epoch. */
  now(): number;
  hmac: Hmac;
  /** Costs the same whether there is such a key or not. */
  findCaller(keyId: string): Promise<Caller | undefined>;
}

/** A request whose signature verified. */
export interface Authenticated {
  /** Its `webhook-id`. */
  id: string;
  caller: Caller;
  secret: Buffer;
}

const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** How far the clocks of two sites may be apart. */
const TIMESTAMP_WINDOW_MS = 5 * 60_000;

/** The four headers of a request, and the only form that each may have. */
const HEADER_FORMS = {
  id: { name: 'webhook-id', form: /^[A-Za-z0-9_-]{1,128}$/ },
  timestamp: { name: 'webhook-timestamp', form: /^[1-9][0-9]{0,11}$/ },
  signature: { name: 'webhook-signature', form: SIGNATURE_FORM },
  keyId: { name: 'issuesync-key', form: /^[0-9a-f]{32}$/ },
};
type SignatureHeaders = Record<keyof typeof HEADER_FORMS, string>;

/** Signs for keys that do not exist, so that these take as long as a wrong signature. */
const NO_SECRET = Buffer.alloc(32);

/**
 * Checks in this order: method, size, content type, form of the headers, timestamp (no I/O so far),
 * key, signature.
 *
 * @returns who it is, or the refusal to answer with
 */
export async function authenticate(
  request: WireRequest,
  ports: AuthenticationPorts,
): Promise<{ authenticated: Authenticated } | { refusal: WireResponse }> {
  if (request.method !== 'POST') return refuse('method');
  if (Buffer.byteLength(request.body, 'utf8') > MAX_BODY_BYTES) return refuse('too-large');
  if (!isJson(request.headers)) return refuse('content-type');
  const headers = readSignatureHeaders(request.headers);
  if (headers === undefined) return refuse('bad-headers');
  const now = ports.now();
  const timestamp = Number(headers.timestamp);
  if (Math.abs(now - timestamp * 1000) > TIMESTAMP_WINDOW_MS) {
    return refuse('stale-timestamp', { now });
  }

  const caller = await ports.findCaller(headers.keyId);
  const secret = caller === undefined ? NO_SECRET : hmacSecretOf(caller.key);
  const isAuthentic = verifySignature(
    ports.hmac,
    secret,
    { id: headers.id, timestamp, content: request.body },
    headers.signature,
  );
  if (caller === undefined || !isAuthentic) return refuse('unauthenticated');
  return { authenticated: { id: headers.id, caller, secret } };
}

function isJson(headers: WireRequest['headers']): boolean {
  return /^application\/json[ \t]*(;.*)?$/i.test(headerValue(headers, 'content-type'));
}

function readSignatureHeaders(headers: WireRequest['headers']): SignatureHeaders | undefined {
  const read = (part: keyof SignatureHeaders) => headerValue(headers, HEADER_FORMS[part].name);
  const values: SignatureHeaders = {
    id: read('id'),
    timestamp: read('timestamp'),
    signature: read('signature'),
    keyId: read('keyId'),
  };
  const parts = Object.keys(HEADER_FORMS) as (keyof SignatureHeaders)[];
  return parts.every((part) => HEADER_FORMS[part].form.test(values[part])) ? values : undefined;
}

/**
 * All values of a header as one: a header that is sent twice is the same as one with both values and a
 * comma between (RFC 9110, section 5.3). No form above allows that, and a signature that something on
 * the way has split at its own comma is whole again. A header that is missing is empty.
 */
function headerValue(headers: WireRequest['headers'], name: string): string {
  return Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, values]) => values.map((value) => value.trim()))
    .join(',');
}

function refuse(
  code: UnsignedRefusalCode,
  extra: Pick<Problem, 'now'> = {},
): { refusal: WireResponse } {
  const { status, title } = UNSIGNED_REFUSALS[code];
  const problem: Problem = {
    type: `${PROBLEM_TYPE_PREFIX}${code}`,
    title,
    status,
    code,
    ...extra,
  };
  return {
    refusal: {
      status,
      headers: {
        'content-type': 'application/problem+json',
        // RFC 9110, section 15.5.6: a 405 names the methods that there are.
        ...(code === 'method' ? { allow: 'POST' } : {}),
      },
      body: JSON.stringify(problem),
    },
  };
}
