import type { WriteRefusal } from './ports';

/** Several refusals told as one. `undefined`: there are none. */
export function joinedRefusal(refusals: readonly WriteRefusal[]): WriteRefusal | undefined {
  const [first] = refusals;
  return first && { code: first.code, reason: refusals.map(({ reason }) => reason).join(' ') };
}
