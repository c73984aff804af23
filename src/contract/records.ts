/**
 * What is stored of contracts. All contracts of a connection are one record, and what an event of Jira needs to
 * know of all connections is another: an event costs one read, a message none beyond its connection's.
 */
import type { JiraField } from '../jira/field-metadata';
import type { StatusCategory } from '../jira/transition-path';
import type { NotMapped } from './default-mapping';
import type { Direction, MappingEntry } from './mapping';
import type { ScreenDefault } from './screen-defaults';
import type { Pair } from './pair';
import type { EventKind } from './truth-table';

/** Which of two changes that were made at the same time stands. Both contracts of a pair must say the same. */
export const POLICIES = ['newest', 'here', 'there'] as const;
export type Policy = (typeof POLICIES)[number];

export interface Contract {
  id: string;
  /** Equal names bind the contracts of two sites, the first time. */
  name: string;
  enabled: boolean;
  direction: Direction;
  project: { id: string; key: string; name: string };
  /** At least one; no subtasks. */
  issueTypes: readonly IssueTypeHere[];
  /** Narrows the project and the types down. */
  jql?: string;
  events: readonly EventKind[];
  policy: Policy;
  /** Whether comments that are not for everybody leave this site. */
  internalComments: boolean;
  /** What becomes of a twin that the app has created, once its original is deleted. */
  onRemoteDelete: 'keep' | 'delete';
  /** What is filled into screens on the way to a status. Contracts from before have none. */
  screenDefaults?: readonly ScreenDefault[];
  /** Fields that show where the twin stands: its status, its key. Outside of every mapping. */
  twinFields?: TwinFields;
  mapping: readonly MappingEntry[];
  /** The mapping's fields, as Jira described them when the contract was last saved. */
  fields: readonly JiraField[];
  /** Id of the remote's contract, once the two have met. */
  remote?: string;
  /** What the two agree on, since they were last compared (`pair.ts`). */
  pair?: Pair;
  /** ISO 8601. */
  createdAt: string;
}

/** A line of text of this site. */
export interface TwinField {
  id: string;
  name: string;
}

export interface TwinFields {
  status?: TwinField;
  key?: TwinField;
}

/** With what only the admin page wants to know. */
export interface StoredContract extends Contract {
  /** The fields that are not in the mapping, each with the reason. */
  notMapped: readonly NotMapped[];
}

export interface IssueTypeHere {
  id: string;
  name: string;
  /** Of its workflow in this project. */
  statuses: readonly { id: string; name: string; category: StatusCategory }[];
}

/** Entity `contracts`, by `contractsKey`. */
export interface ContractsRecord {
  contracts: readonly StoredContract[];
  /** Counts the commits. The connection's record and its keys name it too: what is cached is known to be the newest. */
  revision: number;
}

/** Entity `contract-routes`, under `ROUTES_KEY`: where an event of Jira goes. Enabled contracts that send only. */
export interface RoutesRecord {
  routes: readonly ContractRoute[];
  revision: number;
}

export const ROUTES_KEY = 'site';

/** Not the connection's id alone: a transaction must not have a key twice, not even in two entities. */
export const contractsKey = (connection: string): string => `contracts:${connection}`;

/** Each entity with its record. */
export interface ContractEntities {
  contracts: ContractsRecord;
  'contract-routes': RoutesRecord;
}

export interface ContractRoute {
  connection: string;
  contract: string;
  /** Project id. */
  project: string;
  /** Ids. */
  issueTypes: readonly string[];
  /** As in the connection's record: an account id, or `app`. */
  localUser: string;
  /** This side of the connection never calls out: nothing needs to be woken up. */
  passive: boolean;
}
