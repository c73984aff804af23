/** Why a value is not moved, in words that a person can act on. */

/**
 * - `no-such-choice`: the field here has no choice of this name
 * - `unmapped-user`: nobody here is that person
 * - `type-clash`: the field here cannot hold such a value
 * - `must-not-be-empty`, `too-long`, `bad-url`: the field here does not take it
 * - `not-valid`: it is none of the values that may travel
 * - `unreadable`: our own Jira says something that the field's kind cannot be
 */
export const REFUSAL_CODES = [
  'no-such-choice',
  'unmapped-user',
  'type-clash',
  'must-not-be-empty',
  'too-long',
  'bad-url',
  'not-valid',
  'unreadable',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface ValueRefusal {
  code: RefusalCode;
  /** A sentence or two: what is wrong, and what to do. */
  reason: string;
}

export const refusal = (code: RefusalCode, reason: string): { refusal: ValueRefusal } => ({
  refusal: { code, reason },
});
