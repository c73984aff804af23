/** What a key and a value may be, in every store, and how long a value lives. */
import {
  KEY_MAX_LENGTH,
  KEY_PATTERN,
  TTL_MAX_MS,
  TTL_UNIT_MS,
  VALUE_MAX_BYTES,
  VALUE_MAX_DEPTH,
} from './kvs-limits';
import { Refusal } from './kvs-refusal';
import type { Ttl } from './kvs-requests';

/**
 * The key, if it is one (Forge: KVS limits). Throws EMPTY_KEY for an entity's empty key and
 * KEY_TOO_SHORT for another's (Forge: Error handling, which has a table for each store), KEY_TOO_LONG,
 * INVALID_KEY. Which of two faults is told first is UNVERIFIED.
 */
export function checkKey(key: unknown, entityName?: string): string {
  if (key === undefined || key === null || key === '') {
    throw entityName === undefined
      ? new Refusal('KEY_TOO_SHORT', 'The provided key needs to be more than one character.')
      : new Refusal('EMPTY_KEY', 'Key cannot be empty.');
  }
  if (typeof key !== 'string') throw invalidKey();
  if (key.length > KEY_MAX_LENGTH) {
    throw new Refusal('KEY_TOO_LONG', 'The provided key has exceeded the maximum 500 characters.');
  }
  if (!KEY_PATTERN.test(key)) throw invalidKey();
  return key;
}

const invalidKey = (): Refusal =>
  new Refusal(
    'INVALID_KEY',
    'The provided key does not match the regex: /^(?!\\s+$)[a-zA-Z0-9:._\\s-#]+$/',
  );

/**
 * Checks a value's kind, size and depth (Forge: KVS limits). A value is a string, a number, a boolean,
 * an array or an object: `undefined` never travels in JSON, and `null` is in no signature of the
 * documentation (its refusal is UNVERIFIED).
 */
export function checkValue(value: unknown, maxBytes = VALUE_MAX_BYTES): void {
  if (value === undefined || value === null) {
    throw new Refusal(
      'INVALID_VALUE',
      'A value must be a string, number, boolean, array or object',
    );
  }
  if (Buffer.byteLength(JSON.stringify(value)) > maxBytes) {
    throw new Refusal('MAX_SIZE', 'The provided value has exceeded the maximum size limit.');
  }
  if (depth(value) > VALUE_MAX_DEPTH) {
    throw new Refusal(
      'MAX_DEPTH',
      'The provided value has exceeded the maximum object depth (32) limit.',
    );
  }
}

function depth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
}

/** A time to live in milliseconds (Forge: Time-to-live). Throws INVALID_TTL ([2nd]). */
export function ttlMs(ttl: Ttl | undefined): number | undefined {
  if (ttl === undefined) return undefined;
  const { value, unit } = ttl;
  if (typeof value !== 'number' || !Number.isInteger(value) || value <= 0) {
    throw new Refusal(
      'INVALID_TTL',
      `TTL value must be a positive integer, received: ${JSON.stringify(value)}`,
    );
  }
  if (!isUnit(unit)) {
    throw new Refusal('INVALID_TTL', `TTL unit is not supported: ${JSON.stringify(unit)}`);
  }
  const ms = value * TTL_UNIT_MS[unit];
  if (ms > TTL_MAX_MS) throw new Refusal('INVALID_TTL', 'The maximum supported TTL is 1 year');
  return ms;
}

const isUnit = (unit: unknown): unit is keyof typeof TTL_UNIT_MS =>
  typeof unit === 'string' && Object.hasOwn(TTL_UNIT_MS, unit);
