import { useCallback, useEffect, useRef, useState } from 'react';
import { findRating, type KeyRating } from './key-rating';

/** How long a key must rest before it is rated: not each letter is a call. */
const TYPING_PAUSE_MS = 400;

export interface KeyRatings {
  /** The rating of the present key, once it is known. */
  rating: KeyRating | undefined;
  /** The rating of this key, asked for if need be. */
  ratingOf: (key: string) => Promise<KeyRating | undefined>;
  /** Takes over a rating that came with the key. */
  rated: (rating: KeyRating) => void;
}

/** Rates the key while it is typed. */
export function useKeyRating(key: string): KeyRatings {
  const [rating, setRating] = useState<KeyRating>();
  const latest = useRef<KeyRating>();
  const rated = useCallback((next: KeyRating) => {
    latest.current = next;
    setRating(next);
  }, []);
  const ratingOf = useCallback(
    async (asked: string) => {
      if (latest.current?.key === asked) return latest.current;
      const found = await findRating(asked);
      if (found) rated(found);
      return found;
    },
    [rated],
  );
  useEffect(() => {
    if (key.trim() === '') return;
    const timer = setTimeout(() => void ratingOf(key), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [key, ratingOf]);
  return { rating: rating?.key === key ? rating : undefined, ratingOf, rated };
}
