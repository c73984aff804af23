/** Signatures as https://www.standardwebhooks.com defines them, of requests and of answers alike. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA256 of `content` in UTF-8. A port, so that tests can count what a request costs. */
export type Hmac = (secret: Buffer, content: string) => Buffer;

export const hmacSha256: Hmac = (secret, content) =>
  createHmac('sha256', secret).update(content, 'utf8').digest();

/** What is signed: `{id}.{timestamp}.{content}`. */
export interface SignedParts {
  /** The `webhook-id` of the request, also in the answer to it. */
  id: string;
  /** Whole seconds since the epoch. */
  timestamp: number;
  /** The raw body of a request, the payload of an answer. */
  content: string;
}

/** The form of a signature: its version and the base64 of 32 bytes. */
export const SIGNATURE_FORM = /^v1,[A-Za-z0-9+/]{43}=$/;

/** @returns `v1,` and the base64 of the HMAC */
export function sign(hmac: Hmac, secret: Buffer, { id, timestamp, content }: SignedParts): string {
  return `v1,${hmac(secret, `${id}.${timestamp}.${content}`).toString('base64')}`;
}

/** Whether `signature` is the one that `sign` makes. Constant time, and always exactly one HMAC. */
export function verifySignature(
  hmac: Hmac,
  secret: Buffer,
  parts: SignedParts,
  signature: string,
): boolean {
  const expected = Buffer.from(sign(hmac, secret, parts));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
