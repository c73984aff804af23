/** What contracts need of the world. */
import type { ContractEntities } from './records';

/** Strictly consistent reads. They change only together with their connection's record. */
export interface ContractStore {
  find<E extends keyof ContractEntities>(
    entity: E,
    key: string,
  ): Promise<ContractEntities[E] | undefined>;
  /** Stores a record that must not exist yet. `false`: there is one already. */
  create<E extends keyof ContractEntities>(
    entity: E,
    key: string,
    value: ContractEntities[E],
  ): Promise<boolean>;
}

/** An issue with something that is still to be sent. */
export interface WaitingIssue {
  /** Id. */
  contract: string;
  /** Whether it needs a person. */
  failed: boolean;
  /** In words. */
  reason?: string;
}

/** What is on its way to the remote. */
export interface ContractTraffic {
  of(connection: string): Promise<WaitingIssue[]>;
  /** Tries again what waits or has failed. */
  retry(connection: string, contract: string): Promise<void>;
}
