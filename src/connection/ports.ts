/** What connections need of the world. `src/forge` implements these on the platform. */
import type { JiraClient } from '../jira/client';
import type { ConnectionRecord, EntityName, EntityTypes, EntityWithState } from './records';

/** Only where the stored record has all these values. A record that is missing never matches. */
export type Condition<E extends EntityName> = Partial<EntityTypes[E]>;

/** One step of a transaction. */
export type Change = {
  [E in EntityName]: {
    entity: E;
    key: string;
    /** The new record, or `undefined` to delete it. */
    value: EntityTypes[E] | undefined;
    when?: Condition<E>;
  };
}[EntityName];

/** Records that can be unique and can change together. Reads by key are strictly consistent. */
export interface Records {
  find<E extends EntityName>(entity: E, key: string): Promise<EntityTypes[E] | undefined>;
  /** Stores a record that must not exist yet. `false`: there is one already. */
  create<E extends EntityName>(entity: E, key: string, value: EntityTypes[E]): Promise<boolean>;
  /** All changes or none. `false`: a condition did not hold, and nothing was changed. */
  commit(changes: Change[]): Promise<boolean>;
  /** The keys of all records in that state. Lags behind the writes: only a hint where to look. */
  keysInState<E extends EntityWithState>(
    entity: E,
    state: EntityTypes[E]['state'],
  ): Promise<string[]>;
}

/** The encrypted store. Values are never logged and never leave it but to sign. */
export interface Secrets {
  find(name: string): Promise<string | undefined>;
  /** `lifetimeSeconds`: the platform may delete it after that time, but does not promise when. */
  set(name: string, value: string, lifetimeSeconds?: number): Promise<void>;
  delete(name: string): Promise<void>;
}

/** Plain values by name. */
export interface Facts {
  find(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
  delete(name: string): Promise<void>;
}

/**
 * What others keep of a connection that has contracts, and must change in the same transaction.
 *
 * @param next as it will be; `undefined`: it is removed
 */
export type FollowConnection = (
  id: string,
  record: ConnectionRecord,
  next: Omit<ConnectionRecord, 'revision'> | undefined,
) => Promise<Change[]>;

/** Everything that stores connections. */
export interface ConnectionStores {
  records: Records;
  secrets: Secrets;
  facts: Facts;
  follow: FollowConnection;
}

/** Who sets up a connection, and with what. */
export interface SetUp {
  stores: ConnectionStores;
  sources: Sources;
  jira: JiraClient;
  /** Account id of the admin who is setting it up. */
  callerId: string;
  /** This site's own endpoint. */
  endpointUrl: string;
}

/** Where new ids, keys and the time come from. */
export interface Sources {
  /** Milliseconds since the epoch. */
  now(): number;
  /** A new UUID. */
  newId(): string;
  randomBytes(size: number): Buffer;
}
