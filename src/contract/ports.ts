/** What contracts need of the world. */
import type { ContractsRecord, RoutesRecord } from './records';

/** Strictly consistent reads. They change only together with their connection's record. */
export interface ContractStore {
  contracts(connection: string): Promise<ContractsRecord | undefined>;
  routes(): Promise<RoutesRecord | undefined>;
  /** Stores a record of routes where there is none yet: only what is there can be changed conditionally. */
  createRoutes(record: RoutesRecord): Promise<void>;
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
