/** The Remote Authentication Key of a connection, and the one before it, which is tried second. */
import { keyIdOf } from '../wire/authentication-key';
import type { Unrevised } from './change-connection';
import { abandonRemoteKey, keepRemoteKey } from './key-records';
import type { Change } from './ports';
import { remoteKeyPlace, type ConnectionRecord } from './records';
import type { Place } from './reservations';

export interface RemoteKeyChange {
  /** A key that is not stored yet. */
  newKeyId: string | undefined;
  /** The record with the change. */
  apply(record: Unrevised): Unrevised;
  also: Change[];
  /** Keys that nothing names any more after the change. */
  abandoned: Place[];
}

/**
 * What a new remote key, or clearing it, does to a connection.
 *
 * @param now milliseconds since the epoch
 * @param key as it was typed; `undefined`: unchanged
 */
export function changeRemoteKey(
  now: number,
  id: string,
  record: ConnectionRecord,
  key: string | undefined,
  clears: boolean,
): RemoteKeyChange {
  const { remoteKeyId: current, previousRemoteKeyId: previous } = record;
  const typed = key === undefined ? undefined : keyIdOf(key);
  if (typed === current || (typed === undefined && !clears)) return UNCHANGED;
  // Going back to the key before is an exchange of the two; any other key pushes that one out.
  const isKnown = typed !== undefined && typed === previous;
  const given = typed === undefined ? [current, previous] : isKnown ? [] : [previous];
  const dropped = given.filter((keyId) => keyId !== undefined);
  return {
    newKeyId: isKnown ? undefined : typed,
    apply: ({ remoteKeyId: _current, previousRemoteKeyId: _previous, ...rest }) => ({
      ...rest,
      ...(typed === undefined ? {} : { remoteKeyId: typed }),
      ...(typed === undefined || current === undefined ? {} : { previousRemoteKeyId: current }),
    }),
    also: [
      ...(typed === undefined || isKnown ? [] : [keepRemoteKey(now, id, typed)]),
      ...dropped.map((keyId) => abandonRemoteKey(now, id, keyId)),
    ],
    abandoned: dropped.map((keyId) => ({
      entity: 'remote-key',
      key: remoteKeyPlace(id, keyId),
    })),
  };
}

const UNCHANGED: RemoteKeyChange = {
  newKeyId: undefined,
  apply: (record) => record,
  also: [],
  abandoned: [],
};
