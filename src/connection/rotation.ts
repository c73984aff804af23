/**
 * Two Local Authentication Keys at once: the new one, and the old one until the admin ends it or seven
 * days have passed. Both key ids lead to the connection, so that the other side can change over without
 * a pause.
 */
import type { Change } from './ports';
import type { ConnectionRecord } from './records';
import type { Problem } from './refusal';

const ROTATION_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

type Unrevised = Omit<ConnectionRecord, 'revision'>;

export const ROTATION_OPEN: Problem = {
  field: 'localKey',
  code: 'rotation-open',
  message:
    'Two keys are accepted already. End the old one first, when the other site uses the new one.',
};

/** Whether the old key is still accepted. */
export function isRotating(record: ConnectionRecord, now: number): boolean {
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

/**
 * The records of a connection's keys as they must be beside `record`: the endpoint reads nothing else,
 * so whatever it needs is repeated there, in the same transaction.
 *
 * @param currentIs the state that the current key must have before
 */
export function keyRecords(
  id: string,
  record: Unrevised,
  currentIs: 'reserved' | 'current' = 'current',
): Change[] {
  const shared = {
    connection: id,
    paused: record.state === 'paused',
    passive: record.passive,
    reservedAt: record.createdAt,
  };
  const changes: Change[] = [
    {
      entity: 'connection-key',
      key: record.keyId,
      value: { ...shared, state: 'current' },
      when: { connection: id, state: currentIs },
    },
  ];
  if (record.previousKeyId !== undefined && record.rotationEndsAt !== undefined) {
    changes.push({
      entity: 'connection-key',
      key: record.previousKeyId,
      value: { ...shared, state: 'previous', endsAt: record.rotationEndsAt },
      when: { connection: id },
    });
  }
  return changes;
}

/** Gives up a key: from now on it opens nothing, and tells only what is left to be deleted. */
export function abandonKey(now: number, id: string, record: Unrevised, keyId: string): Change {
  return {
    entity: 'connection-key',
    key: keyId,
    value: {
      connection: id,
      state: 'reserved',
      paused: record.state === 'paused',
      passive: record.passive,
      reservedAt: new Date(now).toISOString(),
    },
    when: { connection: id },
  };
}
