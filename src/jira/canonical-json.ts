/** One text for one JSON value, whoever wrote it down: what is hashed. */
import { createHash, createHmac } from 'node:crypto';

/**
 * Text as two sites compare it: NFC, lines that end in LF, without characters that Jira does not store
 * (control characters) and that UTF-8 cannot write (halves of a pair).
 */
export const canonicalText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // eslint-disable-next-line no-control-regex -- these are what is meant
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .normalize('NFC');

/** JSON with sorted keys, no white space, and text in NFC. Recursive: the depth of `value` is the caller's to bound. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC'));
  if (typeof value !== 'object' || value === null) return scalar(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => [JSON.stringify(key.normalize('NFC')), canonicalJson(member)] as const)
    // By code unit, which no locale changes.
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map((member) => member.join(':')).join(',')}}`;
}

/** -0 and 0 are one number in JSON. */
const scalar = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'boolean' ? JSON.stringify(value) : 'null';

/** SHA-256 of the canonical JSON, as 64 hexadecimal digits. */
export const hashOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');

/** HMAC-SHA256 of the canonical JSON, as 64 hexadecimal digits: only who knows the secret can have made it. */
export const sealOf = (value: unknown, secret: string): string =>
  createHmac('sha256', secret).update(canonicalJson(value), 'utf8').digest('hex');
