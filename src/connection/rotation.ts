/**
 * Two Local Authentication Keys at once: the new one, and the old one until the admin ends it or seven
 * days have passed. Both key ids lead to the connection, so that the other side can change over without
 * a pause.
 */
import type { Unrevised } from './change-connection';
import { keyRecords } from './key-records';
import type { Change } from './ports';
import type { ConnectionRecord } from './records';
import type { Problem } from './refusal';

const ROTATION_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

export const ROTATION_OPEN: Problem = {
  field: 'localKey',
  code: 'rotation-open',
  message:
    'Two keys are accepted already. End the old one first, when the other site uses the new one.',
};

/** Whether the old key is still accepted. */
function isRotating(record: ConnectionRecord, now: number): boolean {
  return record.rotationEndsAt !== undefined && Date.parse(record.rotationEndsAt) > now;
}

/** Whether there is an old key whose time is over, but that is still stored. */
export function rotationIsOver(record: ConnectionRecord, now: number): boolean {
  return record.rotationEndsAt !== undefined && !isRotating(record, now);
}

/**
 * Makes a reserved key the current one, and the current one the previous.
 *
 * @param now milliseconds since the epoch
 */
export function openRotation(
  now: number,
  id: string,
  record: Unrevised,
  newKeyId: string,
): { record: Unrevised; also: Change[] } {
  const rotationEndsAt = new Date(now + ROTATION_LIFETIME_MS).toISOString();
  const next = { ...record, keyId: newKeyId, previousKeyId: record.keyId, rotationEndsAt };
  return { record: next, also: keyRecords(id, next, 'reserved') };
}
