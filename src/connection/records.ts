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
  /** Key id of the Remote Authentication Key; none: no key yet. */
  remoteKeyId?: string;
  /** The one before it, tried once when the remote does not accept the new one. */
  previousRemoteKeyId?: string;
  /** The remote's site id, from the first verified contact on; learned anew when the URL changes. */
  remoteSite?: string;
  passive: boolean;
  alternativeBaseUrl?: string;
  state: 'running' | 'paused';
  /** Key id of the Local Authentication Key. */
  keyId: string;
  /** While a rotation is open: the key that is still accepted, and until when (ISO 8601). */
  previousKeyId?: string;
  rotationEndsAt?: string;
  createdAt: string;
  /** Revision of its contracts, once it has any: a cached one that names it is the newest. */
  contractsRevision?: number;
  /** Counts the commits: each names the revision that it replaces, so that no edit is lost. */
  revision: number;
}

/** What an exchange needs to know of its connection, once the remote's request has come. */
export type ConnectionEnd = Pick<
  ConnectionRecord,
  'name' | 'localUser' | 'remoteSite' | 'passive' | 'state' | 'contractsRevision'
>;

/** One Local Authentication Key, by its key id: all that the endpoint needs, in one read. */
export interface KeyRecord {
  connection: string;
  state: 'reserved' | 'current' | 'previous';
  paused: boolean;
  passive: boolean;
  remoteSite?: string;
  /** Only with `previous`: when the key ends (ISO 8601). */
  endsAt?: string;
  /** As in the connection's record. */
  contractsRevision?: number;
  name?: string;
  localUser?: string;
  reservedAt: string;
}

/** One name, by its name key; or one Remote Authentication Key, by its `remoteKeyPlace`. */
export interface ReservedRecord {
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
  'connection-name': ReservedRecord;
  'remote-key': ReservedRecord;
  contracts: CompanionRecord;
  'contract-routes': CompanionRecord;
}

/** What others keep of connections. It changes with them; what else is in it only its owner knows. */
export interface CompanionRecord {
  revision: number;
}

export type EntityName = keyof EntityTypes;

/** Those with a state, by which they can be found. */
export type EntityWithState = Exclude<EntityName, 'contracts' | 'contract-routes'>;

/** Under which key the record of a remote key is: unlike a local key it need not be unique on the site. */
export const remoteKeyPlace = (connectionId: string, keyId: string): string =>
  `${connectionId}:${keyId}`;

/**
 * Names in the secret store. Each key is stored under its own key id, so that nothing that is in use is
 * ever overwritten (ADR 3).
 */
export const secretName = {
  localKey: (connectionId: string, keyId: string): string => `local-key:${connectionId}:${keyId}`,
  remoteKey: (connectionId: string, keyId: string): string =>
    secretName.remoteKeyAt(remoteKeyPlace(connectionId, keyId)),
  remoteKeyAt: (place: string): string => `remote-key:${place}`,
  probe: (keyId: string): string => `probe:${keyId}`,
};

/** Plain keys: facts apart from the record, so that writing them never overwrites an admin's edit. */
export const factName = {
  /** ISO time of the last accepted request, written at most once an hour. */
  seen: (connectionId: string): string => `seen:${connectionId}`,
  /** Whether the remote calls by itself, as it said in its last answer to `exchange`, and when. */
  remoteMode: (connectionId: string): string => `remote-mode:${connectionId}`,
  /** When a poll has last brought something, and until when others follow. */
  polls: (connectionId: string): string => `polls:${connectionId}`,
  /** By the id of a contract: from when on the next scan looks for changes. */
  scans: (connectionId: string): string => `scans:${connectionId}`,
  /** What the other side has last told of its contracts, and when. */
  told: (connectionId: string): string => `told:${connectionId}`,
  lastTest: (connectionId: string): string => `last-test:${connectionId}`,
};
