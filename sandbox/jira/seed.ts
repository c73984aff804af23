/**
 * What a new site holds. Accounts are found by e-mail (`sync@<site>.example`); their ids depend on the
 * site and the address only, so that a restart and a test find the same ones.
 */
import { createHash } from 'node:crypto';
import { accountIdFrom, uuidFrom, type SiteIdentity } from '../site';
import { projectPermissionKeys } from './permission-catalogue';
import {
  defaultTypes,
  seedConfiguration,
  webTypes,
  type SeedConfiguration,
} from './seed-configuration';
import { seedIssues } from './seed-issues';
import type { Grants, Holder, JiraProject, JiraStore, JiraUser } from './store';

/** Each site's groups; product access and administration are named after the site, as on Jira Cloud. */
const groupsOf = (site: string) => ({
  users: `jira-software-users-${site}`,
  jiraAdmins: `jira-admins-${site}`,
  siteAdmins: 'site-admins',
  apps: 'atlassian-addons',
});

/**
 * The project role that Jira puts every app's account into, in every project. It *is added to all
 * permissions* when an app is installed (Atlassian's support page on that role); its scopes limit an app.
 */
const APP_ROLE = 'atlassian-addons-project-access';

const MEMBER_PERMISSIONS = projectPermissionKeys.filter(
  (key) => key !== 'ADMINISTER_PROJECTS' && !key.startsWith('DELETE_ALL') && !/EDIT_ALL/.test(key),
);

/** Project role → what it may do, the same in each of the three schemes. */
const ROLES: Record<string, readonly string[]> = {
  Administrators: projectPermissionKeys,
  Members: MEMBER_PERMISSIONS,
  'Service Accounts': projectPermissionKeys,
  'Service Accounts (no editing)': projectPermissionKeys.filter((key) => key !== 'EDIT_ISSUES'),
  [APP_ROLE]: projectPermissionKeys,
};

/**
 * Fills an empty store.
 *
 * @param appName what the app's own account is called
 * @param now milliseconds since the epoch: the issues are some days old
 */
export function seed(store: JiraStore, site: SiteIdentity, appName: string, now: number): void {
  const accounts = seedAccounts(site, appName);
  for (const user of Object.values(accounts)) store.putUser(user);
  const groups = groupsOf(site.name);
  for (const name of Object.values(groups)) {
    store.putGroup({ name, groupId: uuidFrom(`group:${site.name}:${name}`) });
  }
  store.putGlobalGrants(globalGrants(groups));
  const firstId = firstProjectId(site.name);
  const configuration = seedConfiguration(store, site.name, String(firstId + 1));
  const projects = seedProjects(firstId, accounts, configuration);
  for (const project of Object.values(projects)) store.putProject(project);
  seedIssues(store, projects, configuration, accounts, now);
}

function globalGrants({ users, jiraAdmins, siteAdmins, apps }: ReturnType<typeof groupsOf>) {
  const to = (...names: string[]): Holder[] => names.map((name) => ({ type: 'group', name }));
  return {
    ADMINISTER: to(jiraAdmins, siteAdmins),
    // Nobody: on Jira Cloud system administration is Atlassian's. UNVERIFIED.
    SYSTEM_ADMIN: [],
    USER_PICKER: to(users, jiraAdmins, siteAdmins, apps),
    CREATE_SHARED_OBJECTS: to(users),
    MANAGE_GROUP_FILTER_SUBSCRIPTIONS: to(jiraAdmins),
    BULK_CHANGE: to(users),
    CREATE_PROJECT: to(users),
  } satisfies Grants;
}

type Accounts = ReturnType<typeof seedAccounts>;

function seedAccounts(site: SiteIdentity, appName: string) {
  const { users, jiraAdmins, siteAdmins, apps } = groupsOf(site.name);
  const account = (
    name: string,
    displayName: string,
    details: Partial<JiraUser> = {},
  ): JiraUser => {
    const emailAddress = `${name}@${site.name}.example`;
    return {
      accountId: accountIdFrom(`${site.name}:${emailAddress}`),
      accountType: 'atlassian',
      displayName,
      emailAddress,
      active: true,
      timeZone: 'Europe/Berlin',
      locale: 'en_US',
      groups: [users],
      ...details,
    };
  };
  const app = (accountId: string, displayName: string): JiraUser => ({
    accountId,
    accountType: 'app',
    displayName,
    active: true,
    timeZone: 'Etc/UTC',
    locale: 'en_US',
    groups: [apps],
  });
  return {
    admin: account('admin', 'Avery Admin', { groups: [users, jiraAdmins, siteAdmins] }),
    sync: account('sync', 'IssueSYNC Technical User'),
    limited: account('sync-limited', 'IssueSYNC Technical User (limited)'),
    zoe: account('zoe.lefevre', 'Zoë Lefèvre', { timeZone: 'Europe/Paris', locale: 'fr_FR' }),
    lukasz: account('lukasz.wojcik', 'Łukasz Wójcik', { timeZone: 'Europe/Warsaw' }),
    priya: account('priya.raman', 'Priya Raman', { timeZone: 'Asia/Kolkata', locale: 'en_GB' }),
    inactive: account('jonas.grossmann', 'Jonas Großmann', { active: false }),
    customer: account('customer', 'Carla Kundin', { accountType: 'customer', groups: [] }),
    app: app(site.appAccountId, appName),
    otherApp: app(accountIdFrom(`${site.name}:other-app`), 'Time Reports for Jira'),
  };
}

function seedProjects(firstId: number, accounts: Accounts, configuration: SeedConfiguration) {
  const { admin, sync, limited, zoe, lukasz, priya, app, otherApp } = accounts;
  const { priorities, webPriorities, levels } = configuration;
  const grants = grantsByRole();
  const defaults = {
    priorityIds: priorities,
    defaultPriorityId: priorities[2] ?? '',
    securityLevelIds: [],
    defaultAssignee: 'UNASSIGNED' as const,
  };
  const project = (
    index: number,
    details: Omit<JiraProject, 'id' | 'leadAccountId' | 'roles' | 'grants'>,
    people: { lead: JiraUser; members: JiraUser[]; serviceAccounts: JiraUser[] },
    noEditing: JiraUser[] = [],
  ): JiraProject => ({
    ...details,
    id: String(firstId + index),
    leadAccountId: people.lead.accountId,
    roles: {
      Administrators: ids([admin]),
      Members: ids(people.members),
      'Service Accounts': ids(people.serviceAccounts),
      'Service Accounts (no editing)': ids(noEditing),
      [APP_ROLE]: ids([app, otherApp]),
    },
    grants,
  });
  return {
    demo: project(
      0,
      {
        ...defaults,
        key: 'DEMO',
        name: 'Demo',
        description: 'To try things out.',
        projectTypeKey: 'software',
        issueTypes: defaultTypes(configuration, ['epic', 'story', 'task', 'bug', 'subtask']),
      },
      { lead: admin, members: [zoe, lukasz, priya], serviceAccounts: [sync, limited] },
    ),
    web: project(
      1,
      {
        ...defaults,
        key: 'WEB',
        name: 'Website relaunch',
        description: 'The new website, from design to launch.',
        projectTypeKey: 'software',
        issueTypes: webTypes(configuration),
        priorityIds: webPriorities,
        defaultPriorityId: webPriorities[2] ?? '',
        securityLevelIds: [levels.internal, levels.confidential],
      },
      { lead: zoe, members: [zoe, lukasz], serviceAccounts: [sync, limited] },
    ),
    ops: project(
      2,
      {
        ...defaults,
        key: 'OPS',
        name: 'IT operations',
        description: 'Servers, laptops and everything with a plug.',
        projectTypeKey: 'business',
        issueTypes: defaultTypes(configuration, ['task', 'subtask']),
      },
      { lead: priya, members: [priya, lukasz], serviceAccounts: [sync] },
      [limited],
    ),
  };
}

function grantsByRole(): Grants {
  return Object.fromEntries(
    projectPermissionKeys.map((key) => [
      key,
      Object.keys(ROLES)
        .filter((role) => ROLES[role]?.includes(key))
        .map((name) => ({ type: 'role', name })),
    ]),
  );
}

const ids = (users: JiraUser[]): string[] => users.map(({ accountId }) => accountId);

/** Ids differ from site to site, so that an app that mixes up two sites does not get away with it. */
function firstProjectId(site: string): number {
  return 10_000 + 10 * (createHash('sha256').update(site).digest().readUInt16BE(0) % 900);
}
