import type { ConnectionView } from '../../src/entry/admin/api';

/**
 * When the old one of two accepted keys ends, or `undefined` where only one is accepted.
 *
 * @param now milliseconds since the epoch
 */
export function oldKeyEndsAt({ rotationEndsAt }: ConnectionView, now: number): string | undefined {
  return rotationEndsAt !== undefined && Date.parse(rotationEndsAt) > now
    ? rotationEndsAt
    : undefined;
}
