/**
 * Ids of which a seed decides, for as long as a story is played: the app takes its ids from Node, and the order
 * of keys, as of two connections, is the order in which the app does things.
 */
import crypto from 'node:crypto';
import { seededRandom } from '../../../sandbox/random';

/** @returns how to end it */
export function seedIds(seed: number): () => void {
  const { randomUUID } = crypto;
  const random = seededRandom(seed);
  const hex = (length: number): string =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  crypto.randomUUID = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  return () => {
    crypto.randomUUID = randomUUID;
  };
}
