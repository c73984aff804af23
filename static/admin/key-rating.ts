/** How hard a typed Local Authentication Key is to guess, in words. */
import type { KeyScore } from '../../src/entry/admin/api';
import { rateKey } from './api';

export interface KeyRating {
  /** Which key was rated. */
  key: string;
  score: KeyScore;
  warning?: string;
  suggestions: string[];
}

const WORDS: Record<KeyScore, string> = {
  0: 'Very weak',
  1: 'Weak',
  2: 'Fair',
  3: 'Strong',
  4: 'Very strong',
};

/** Below this score the page warns and asks once. */
const STRONG_ENOUGH: KeyScore = 3;

export const inWords = (rating: KeyRating): string => WORDS[rating.score];

export const isWeak = (rating: KeyRating): boolean => rating.score < STRONG_ENOUGH;

/** A rating is advice: where there is no answer there is none, and nothing is held up. */
export async function findRating(key: string): Promise<KeyRating | undefined> {
  const answer = await rateKey(key);
  return answer.ok ? { key, ...answer.value } : undefined;
}
