/** What a Jira site knows: accounts, groups, projects, its configuration, its issues. */
import { createHash } from 'node:crypto';
import type { QueryLag } from '../query-lag';
import type { SandboxStorage, Table } from '../storage';
import { CommentStore } from './comment-store';
import { Configuration } from './configuration';
import { IssueStore } from './issue-store';
import type { IndexedProperty } from './jql-properties';
import { OrderedTable } from './ordered-table';

export interface JiraUser {
  accountId: string;
  /** `atlassian`: a person or technical user; `app`; `customer` of a service desk. */
  accountType: 'atlassian' | 'app' | 'customer';
  displayName: string;
  /** Apps have none that anybody sees. */
  emailAddress?: string;
  active: boolean;
  /** IANA name, as `Europe/Berlin`. */
  timeZone: string;
  locale: string;
  /** Names of groups. */
  groups: string[];
}

export interface JiraGroup {
  name: string;
  groupId: string;
}

/** Who holds a permission. A scheme can only grant: what nobody grants is not there. */
export type Holder =
  | { type: 'group'; name: string }
  | { type: 'user'; accountId: string }
  | { type: 'role'; name: string };

/** Permission key → its holders. */
export type Grants = Record<string, Holder[]>;

export interface JiraProject {
  /** A number, as a string, as everywhere in Jira's REST API. */
  id: string;
  key: string;
  name: string;
  description: string;
  projectTypeKey: 'software' | 'business';
  leadAccountId: string;
  /** Project role → account ids in it, in this project. */
  roles: Record<string, string[]>;
  /** The project's permission scheme. */
  grants: Grants;
  /** Its issue types, each with its workflow and its screens. */
  issueTypes: ProjectIssueType[];
  /** The project's priority scheme, highest first. */
  priorityIds: string[];
  defaultPriorityId: string;
  /** The levels of its issue security scheme; none without one. */
  securityLevelIds: string[];
  /** Whom an issue is assigned to that names nobody. */
  defaultAssignee: 'UNASSIGNED' | 'PROJECT_LEAD';
}

export interface ProjectIssueType {
  issueTypeId: string;
  workflowId: string;
  /** Ids of the fields on each screen. `summary`, `issuetype` and `project` need not be named. */
  createScreen: string[];
  editScreen: string[];
  /** Ids of the fields that must have a value, beside the summary. */
  required: string[];
}

/** What has ids of its own, counted apart. */
export type IdKind =
  | 'issue'
  | 'history'
  | 'field'
  | 'option'
  | 'status'
  | 'issuetype'
  | 'priority'
  | 'resolution'
  | 'workflow'
  | 'component'
  | 'version'
  | 'security'
  | 'comment';

const GLOBAL = 'global';

export class JiraStore {
  readonly configuration: Configuration;
  readonly issues: IssueStore;
  readonly comments: CommentStore;
  private readonly userTable: OrderedTable<JiraUser>;
  private readonly groupTable: OrderedTable<JiraGroup>;
  private readonly projectTable: OrderedTable<JiraProject>;
  /** Each key that ever led to a project → the project's id. */
  private readonly projectKeyTable: Table<string>;
  private readonly grantTable: Table<Grants>;
  private readonly counterTable: Table<number>;

  constructor(
    storage: SandboxStorage,
    private readonly siteName: string,
    searchLag?: QueryLag,
    /** What queries can ask of issue properties. */
    readonly indexedProperties: readonly IndexedProperty[] = [],
  ) {
    this.configuration = new Configuration(storage);
    this.issues = new IssueStore(storage, searchLag);
    this.comments = new CommentStore(storage);
    this.userTable = new OrderedTable(storage, 'jira:users');
    this.groupTable = new OrderedTable(storage, 'jira:groups');
    this.projectTable = new OrderedTable(storage, 'jira:projects');
    this.projectKeyTable = storage.table('jira:project-keys');
    this.grantTable = storage.table('jira:grants');
    this.counterTable = storage.table('jira:counters');
  }

  isEmpty(): boolean {
    return this.users().length === 0;
  }

  users(): JiraUser[] {
    return this.userTable.list();
  }

  user(accountId: string): JiraUser | undefined {
    return this.userTable.get(accountId);
  }

  putUser(user: JiraUser): void {
    this.userTable.put(user.accountId, user);
  }

  group(name: string): JiraGroup | undefined {
    return this.groupTable.get(name);
  }

  groups(): JiraGroup[] {
    return this.groupTable.list();
  }

  putGroup(group: JiraGroup): void {
    this.groupTable.put(group.name, group);
  }

  projects(): JiraProject[] {
    return this.projectTable.list();
  }

  /** By id, by key (in capitals, as documented), or by a key that the project had before. */
  project(idOrKey: string): JiraProject | undefined {
    const id = /^\d+$/.test(idOrKey) ? idOrKey : this.projectKeyTable.get(idOrKey);
    return id === undefined ? undefined : this.projectTable.get(id);
  }

  putProject(project: JiraProject): void {
    this.projectTable.put(project.id, project);
    this.projectKeyTable.set(project.key, project.id);
  }

  /** The site's global permissions. */
  globalGrants(): Grants {
    return this.grantTable.get(GLOBAL) ?? {};
  }

  putGlobalGrants(grants: Grants): void {
    this.grantTable.set(GLOBAL, grants);
  }

  /** A new id. Where they begin differs from site to site, so that an app that mixes up two is found out. */
  nextId(kind: IdKind): string {
    return String(this.count(`id:${kind}`, this.firstId(kind)));
  }

  /** The next key in a project, as `DEMO-7`. */
  nextKey(project: JiraProject): string {
    return `${project.key}-${this.count(`key:${project.id}`, 1)}`;
  }

  private count(name: string, first: number): number {
    const value = this.counterTable.get(name) ?? first;
    this.counterTable.set(name, value + 1);
    return value;
  }

  private firstId(kind: IdKind): number {
    const hash = createHash('sha256').update(`${this.siteName}:${kind}`).digest();
    return 10_000 + 1_000 * (hash.readUInt16BE(0) % 900);
  }
}
