/** What a Jira site's admins have set up: types, statuses, fields, workflows, and the rest of it. */
import type { SandboxStorage } from '../storage';
import type { Field } from './fields';
import { OrderedTable } from './ordered-table';
import type { Holder } from './store';

export interface IssueType {
  id: string;
  name: string;
  description: string;
  /** 1: epics; 0: the base level; -1: subtasks. */
  hierarchyLevel: 1 | 0 | -1;
}

/** Keys of Jira's status categories, the same on each site. */
export type StatusCategoryKey = 'new' | 'indeterminate' | 'done';

export interface Status {
  id: string;
  name: string;
  description: string;
  category: StatusCategoryKey;
}

export interface Priority {
  id: string;
  name: string;
  description: string;
  /** As `#d04437`. */
  color: string;
}

export interface Resolution {
  id: string;
  name: string;
  description: string;
}

export interface Workflow {
  id: string;
  name: string;
  /** Where new issues begin. */
  initialStatusId: string;
  statusIds: string[];
  transitions: Transition[];
}

export interface Transition {
  /** Unique in its workflow only, as in Jira. */
  id: string;
  name: string;
  /** Ids of statuses; `any` makes it a global transition. */
  from: string[] | 'any';
  to: string;
  /** All of them must hold, or the transition is not offered. */
  conditions: Condition[];
  /** Ids of the fields on the transition's screen; without it there is no screen. */
  screen?: { fields: string[]; required: string[] };
  /** What the post function does to the resolution: sets one, or clears it. Without it, nothing. */
  resolution?: { set: string } | 'clear';
}

export type Condition =
  | { type: 'role'; role: string }
  | { type: 'permission'; permission: string }
  | { type: 'assignee' };

export interface Component {
  id: string;
  projectId: string;
  name: string;
  description?: string;
  leadAccountId?: string;
}

export interface Version {
  id: string;
  projectId: string;
  name: string;
  description?: string;
  released: boolean;
  archived: boolean;
  /** `2026-01-31`. */
  releaseDate?: string;
  startDate?: string;
}

/** Who is in a level sees the issues that have it; nobody else does. */
export interface SecurityLevel {
  id: string;
  name: string;
  description: string;
  holders: Holder[];
}

/** All of it, a table for each kind. */
export class Configuration {
  readonly issueTypes: OrderedTable<IssueType>;
  readonly statuses: OrderedTable<Status>;
  readonly priorities: OrderedTable<Priority>;
  readonly resolutions: OrderedTable<Resolution>;
  readonly workflows: OrderedTable<Workflow>;
  readonly components: OrderedTable<Component>;
  readonly versions: OrderedTable<Version>;
  readonly securityLevels: OrderedTable<SecurityLevel>;
  /** Custom fields; the system's are in `fields.ts`. */
  readonly customFields: OrderedTable<Field>;

  constructor(storage: SandboxStorage) {
    this.issueTypes = new OrderedTable(storage, 'jira:issue-types');
    this.statuses = new OrderedTable(storage, 'jira:statuses');
    this.priorities = new OrderedTable(storage, 'jira:priorities');
    this.resolutions = new OrderedTable(storage, 'jira:resolutions');
    this.workflows = new OrderedTable(storage, 'jira:workflows');
    this.components = new OrderedTable(storage, 'jira:components');
    this.versions = new OrderedTable(storage, 'jira:versions');
    this.securityLevels = new OrderedTable(storage, 'jira:security-levels');
    this.customFields = new OrderedTable(storage, 'jira:custom-fields');
  }
}
