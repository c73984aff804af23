/** The records of a connection's keys, as they must be beside its own record: always in one transaction. */
import type { Unrevised } from './change-connection';
import type { Change } from './ports';
import { remoteKeyPlace } from './records';

/**
 * The endpoint reads nothing but the record of the key that it is shown, so whatever it needs is repeated
 * there.
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
    ...(record.remoteSite === undefined ? {} : { remoteSite: record.remoteSite }),
    ...(record.contractsRevision === undefined
      ? {}
      : { contractsRevision: record.contractsRevision }),
    name: record.name,
    localUser: record.localUser,
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

/** Gives up a local key: from now on it opens nothing, and tells only what is left to be deleted. */
export function abandonLocalKey(now: number, id: string, keyId: string): Change {
  return {
    entity: 'connection-key',
    key: keyId,
    value: {
      connection: id,
      state: 'reserved',
      paused: false,
      passive: false,
      reservedAt: new Date(now).toISOString(),
    },
    when: { connection: id },
  };
}

/** Gives up a remote key in the same way. */
export function abandonRemoteKey(now: number, id: string, keyId: string): Change {
  return {
    entity: 'remote-key',
    key: remoteKeyPlace(id, keyId),
    value: { connection: id, state: 'reserved', reservedAt: new Date(now).toISOString() },
    when: { connection: id },
  };
}

/** Makes a reserved remote key real. */
export function keepRemoteKey(now: number, id: string, keyId: string): Change {
  return {
    entity: 'remote-key',
    key: remoteKeyPlace(id, keyId),
    value: { connection: id, state: 'current', reservedAt: new Date(now).toISOString() },
    when: { connection: id, state: 'reserved' },
  };
}
