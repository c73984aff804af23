/** What synchronizing needs of the world, on one site. `src/entry` puts it together. */
import type { ConnectionStores } from '../connection/ports';
import type { ConnectionEnd } from '../connection/records';
import type { Pair } from '../contract/pair';
import type { Contract } from '../contract/records';
import type { ClientPorts } from '../wire/client';
import type { SyncValue } from './exchange-schema';
import type { OutboxQueries } from './outbox';
import type { Issues, Sources, Store } from './ports';
import type { Queue } from './queue';
import type { RemoteModes } from './remote-modes';

export interface SyncPorts {
  /** Id of this site. */
  site: string;
  stores: ConnectionStores;
  contracts: ContractPorts;
  store: Store;
  outbox: OutboxQueries;
  modes: RemoteModes;
  /** Never throws: what it does not take is found by the tick. */
  queue: Queue;
  sources: Sources;
  wire: ClientPorts;
  issuesOf: (
    contract: Contract,
    connection: { id: string; record: ConnectionEnd },
  ) => Promise<Issues<SyncValue>>;
  /** Writes down that something unexpected has happened, and nothing of what it happened to. */
  logUnexpected: (where: string, error: unknown) => void;
}

export interface ContractPorts {
  /** @param revision as the connection's record names it; `undefined`: it has no contracts */
  of(connection: string, revision: number | undefined): Promise<readonly Contract[]>;
  /** The remote's contract is this one from now on, unless there is one already. */
  bind(connection: string, contract: string, remote: string): Promise<void>;
  /** What was found out when the contracts of both sides were compared. */
  meet(connection: string, met: readonly Met[]): Promise<void>;
}

/** A contract here, and what it has with one there: all that was known of that before is replaced. */
export interface Met {
  contract: string;
  remote: string;
  pair: Pair;
}
