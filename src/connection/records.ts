/**
 * What is stored of a connection, and under which keys. Records are custom entities (`manifest.yml`
 * declares them): only those can be unique and can change together in one transaction. Keys themselves
 * are in the secret store, apart from everything that is ever listed or shown.
 */
import type { LocalUser } from './draft';

/** One connection, by its id. */
export interface ConnectionRecord {
  name: string;
  /** The name's reservation: what makes names unique (see `nameKeyOf`). */
  nameKey: string;
  /** An account id, or `app` for the app's own account. */
  localUser: string;
  remoteUrl?: string;
  /** The slot of the secret store that holds the Remote Authentication Key; none: no key yet. */
  remoteKeySlot?: RemoteKeySlot;
  /** The other slot holds the key before it, tried once when the remote does not accept the new one. */
  hasPreviousRemoteKey: boolean;
  passive: boolean;
  alternativeBaseUrl?: string;
  state: 'running' | 'paused';
  /** Key id of the Local Authentication Key. */
  keyId: string;
  /** While a rotation is open: the key that is still accepted, and until when (ISO 8601). */
  previousKeyId?: string;
  rotationEndsAt?: string;
  createdAt: string;
  /** Counts the commits: each names the revision that it replaces, so that no edit is lost. */
  revision: number;
}

export type RemoteKeySlot = 'a' | 'b';

/** One Local Authentication Key, by its key id: all that the endpoint needs, in one read. */
export interface KeyRecord {
  connection: string;
  state: 'reserved' | 'current' | 'previous';
  paused: boolean;
  passive: boolean;
  /** Only with `previous`: when the key ends (ISO 8601). */
  endsAt?: string;
  reservedAt: string;
}

/** One name, by its name key. */
export interface NameRecord {
  connection: string;
  state: 'reserved' | 'current';
  reservedAt: string;
}

/** How a Local User is stored. */
export const storedLocalUser = (localUser: LocalUser): string =>
  localUser === 'app' ? 'app' : localUser.accountId;

/** The Local User of a stored connection. */
export const localUserOf = ({ localUser }: Pick<ConnectionRecord, 'localUser'>): LocalUser =>
  localUser === 'app' ? 'app' : { accountId: localUser };

/** Each entity with its record. */
export interface EntityTypes {
  connection: ConnectionRecord;
  'connection-key': KeyRecord;
  'connection-name': NameRecord;
}

export type EntityName = keyof EntityTypes;

/**
 * Names in the secret store. A Local Authentication Key is stored under its own key id, so that a
 * rotation never overwrites a key that is in use; a remote key alternates between two slots for the
 * same reason (ADR 0003).
 */
export const secretName = {
  localKey: (connectionId: string, keyId: string): string => `local-key:${connectionId}:${keyId}`,
  remoteKey: (connectionId: string, slot: RemoteKeySlot): string =>
    `remote-key:${connectionId}:${slot}`,
  probe: (keyId: string): string => `probe:${keyId}`,
};

/** Plain keys: facts apart from the record, so that writing them never overwrites an admin's edit. */
export const factName = {
  /** ISO time of the last accepted request, written at most once a minute. */
  seen: (connectionId: string): string => `seen:${connectionId}`,
  /** The remote's site id, stored at the first verified contact. */
  remoteSite: (connectionId: string): string => `remote-site:${connectionId}`,
  lastTest: (connectionId: string): string => `last-test:${connectionId}`,
};
