/** What an Authentication Key is on the wire: an id that finds it, and a secret that signs. */
import { createHash } from 'node:crypto';

const PREFIX = 'whsec_';
const KEY_ID_BYTES = 16;
const GENERATED_BYTES = 32;
/** Standard Webhooks allows secrets of 24 to 64 bytes. */
const MIN_SECRET_BYTES = 24;
const MAX_SECRET_BYTES = 64;

/**
 * The one form of a key that two people may have typed differently (é as one character or as two):
 * Unicode NFC. Called once, where a key enters; everything else here expects the result.
 */
export function normalizeKey(key: string): string {
  return key.normalize('NFC');
}

/**
 * The name under which the endpoint finds the key, 32 hexadecimal digits: the first 16 bytes of
 * SHA-256 over `issuesync-key-id:` and the whole key, `whsec_` included, in UTF-8.
 */
export function keyIdOf(key: string): string {
  const digest = createHash('sha256').update(`issuesync-key-id:${key}`, 'utf8').digest();
  return digest.subarray(0, KEY_ID_BYTES).toString('hex');
}

/**
 * The bytes to sign with: what is decoded where the key is `whsec_` and canonical, padded base64
 * (RFC 4648, section 4) of 24 to 64 bytes; the UTF-8 bytes of the whole key otherwise.
 */
export function hmacSecretOf(key: string): Buffer {
  if (key.startsWith(PREFIX)) {
    const encoded = key.slice(PREFIX.length);
    const decoded = Buffer.from(encoded, 'base64');
    // Node decodes leniently; only what encodes to the same text again was base64.
    const isBase64 = decoded.toString('base64') === encoded;
    if (isBase64 && decoded.length >= MIN_SECRET_BYTES && decoded.length <= MAX_SECRET_BYTES) {
      return decoded;
    }
  }
  return Buffer.from(key, 'utf8');
}

/** A new key: `whsec_` and the base64 of 32 random bytes. */
export function generateKey(randomBytes: (size: number) => Buffer): string {
  return `${PREFIX}${randomBytes(GENERATED_BYTES).toString('base64')}`;
}
