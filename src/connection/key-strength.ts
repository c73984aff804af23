/** How hard an Authentication Key is to guess, so that the page can warn. Nothing is refused for it. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

export interface KeyRating {
  /** zxcvbn's score: 0 (guessed at once) to 4 (strong). */
  score: 0 | 1 | 2 | 3 | 4;
  warning?: string;
  suggestions: string[];
}

/** zxcvbn's warnings in words that fit a key; those not listed say nothing that helps here. */
const WARNINGS: Record<string, string> = {
  straightRow: 'A row of keys on the keyboard is easy to guess.',
  keyPattern: 'A short pattern on the keyboard is easy to guess.',
  simpleRepeat: 'Repeated characters are easy to guess.',
  extendedRepeat: 'Repeated groups of characters are easy to guess.',
  sequences: 'Sequences such as “abc” or “6543” are easy to guess.',
  recentYears: 'Years are easy to guess.',
  dates: 'Dates are easy to guess.',
  topTen: 'This is one of the ten passwords used most.',
  topHundred: 'This is one of the passwords used most.',
  common: 'This is a common password.',
  similarToCommon: 'This is close to a common password.',
  wordByItself: 'A single word is easy to guess.',
};

/** Below this score the page warns and asks once. */
const STRONG_ENOUGH = 3;

// Built at the first rating: reading the dictionaries costs a cold start tens of milliseconds.
let rater: ZxcvbnFactory | undefined;

/** Rates a key of up to 256 characters. */
export function rateKey(key: string): KeyRating {
  rater ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const { score, feedback } = rater.check(key);
  const warning = WARNINGS[feedback.warning ?? ''];
  return {
    score,
    ...(warning === undefined ? {} : { warning }),
    suggestions:
      score < STRONG_ENOUGH
        ? ['Use Generate: nobody has to remember this key.', 'Or make it longer and less regular.']
        : [],
  };
}
