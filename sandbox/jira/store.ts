/** What a Jira site knows: accounts, groups, projects with their permission schemes. */
import type { SandboxStorage, Table } from '../storage';

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
}

/** Keeps the order in which things were added, as Jira's lists do. */
interface Ordered<T> {
  order: number;
  value: T;
}

const GLOBAL = 'global';

export class JiraStore {
  private readonly userTable: Table<Ordered<JiraUser>>;
  private readonly groupTable: Table<Ordered<JiraGroup>>;
  private readonly projectTable: Table<Ordered<JiraProject>>;
  private readonly grantTable: Table<Grants>;

  constructor(storage: SandboxStorage) {
    this.userTable = storage.table('jira:users');
    this.groupTable = storage.table('jira:groups');
    this.projectTable = storage.table('jira:projects');
    this.grantTable = storage.table('jira:grants');
  }

  isEmpty(): boolean {
    return this.userTable.entries().length === 0;
  }

  users(): JiraUser[] {
    return inOrder(this.userTable);
  }

  user(accountId: string): JiraUser | undefined {
    return this.userTable.get(accountId)?.value;
  }

  putUser(user: JiraUser): void {
    put(this.userTable, user.accountId, user);
  }

  group(name: string): JiraGroup | undefined {
    return this.groupTable.get(name)?.value;
  }

  putGroup(group: JiraGroup): void {
    put(this.groupTable, group.name, group);
  }

  projects(): JiraProject[] {
    return inOrder(this.projectTable);
  }

  project(key: string): JiraProject | undefined {
    return this.projectTable.get(key)?.value;
  }

  putProject(project: JiraProject): void {
    put(this.projectTable, project.key, project);
  }

  /** The site's global permissions. */
  globalGrants(): Grants {
    return this.grantTable.get(GLOBAL) ?? {};
  }

  putGlobalGrants(grants: Grants): void {
    this.grantTable.set(GLOBAL, grants);
  }
}

function put<T>(table: Table<Ordered<T>>, key: string, value: T): void {
  const order = table.get(key)?.order ?? table.entries().length;
  table.set(key, { order, value });
}

function inOrder<T>(table: Table<Ordered<T>>): T[] {
  return table
    .entries()
    .map(([, entry]) => entry)
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value);
}
