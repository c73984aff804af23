/** The internal part of Test: is the Local User in order, and does this site reach itself? */
import { JiraError, type JiraClient, type TimeBudget } from '../../jira/client';
import type { ProjectGrants, ProjectPermission } from '../../jira/permissions';
import { findAccount, type Account } from '../../jira/users';
import type { LocalUser } from '../draft';
import { namesOfOthersWithLocalUser } from '../list-connections';
import type { ConnectionStores } from '../ports';
import { actAs, NEEDED, projectsGranting, WANTED, type ActingAs } from '../local-user';
import { failed, passed, skipped, warning, type Check, type InternalCheckId } from './report';

export interface InternalSubject {
  localUser: LocalUser;
  /** The connection that is tested, if it is stored. */
  connectionId: string | undefined;
  /** Who asked for the test. */
  callerId: string;
}

const PERMISSION_WORDS: Record<ProjectPermission, string> = {
  BROWSE_PROJECTS: 'browse',
  CREATE_ISSUES: 'create issues',
  EDIT_ISSUES: 'edit issues',
  ADD_COMMENTS: 'comment',
  CREATE_ATTACHMENTS: 'attach files',
  TRANSITION_ISSUES: 'transition issues',
};

/** So many projects are named; of the others only their number is told. */
const NAMED_PROJECTS = 3;

/** What Jira’s silence, or an answer that cannot be understood, means for a check. */
function jiraFailed(id: InternalCheckId, error: JiraError): Check {
  return error.code === 'unexpected'
    ? failed(
        id,
        `Jira gave an answer that IssueSYNC does not understand (${error.message}).`,
        'Update IssueSYNC. If it stays, tell its maintainers this line.',
      )
    : failed(
        id,
        'Jira did not answer in time.',
        'Run the test again in a minute; if it stays, look at Atlassian’s status page.',
      );
}

/** All checks of the Local User, in order. Each is told, whatever the one before it said. */
export async function checkLocalUserInFull(
  stores: ConnectionStores,
  jira: JiraClient,
  subject: InternalSubject,
  time: TimeBudget,
): Promise<Check[]> {
  const { localUser } = subject;
  const [account, acting, others] = await Promise.all([
    localUser === 'app' ? undefined : settle(findAccount(jira, localUser.accountId, time)),
    settle(actAs(jira, localUser, time)),
    localUser === 'app'
      ? []
      : namesOfOthersWithLocalUser(stores, localUser.accountId, subject.connectionId),
  ]);
  const usable = account === undefined || isUsable(account);
  return [
    ...(account === undefined ? appAccountChecks() : accountChecks(account)),
    localUser !== 'app' && localUser.accountId === subject.callerId
      ? failed(
          'local-user-not-you',
          'The Local User is your own account. Changes that it makes are never synchronized, and yours would not be.',
          'Pick an account that is used for nothing else, or the app’s own account.',
        )
      : passed('local-user-not-you', 'It is not the account that you are using now.'),
    dedicatedCheck(localUser, others, acting),
    ...(usable
      ? actingChecks(localUser, acting)
      : (
          [
            'local-user-impersonation',
            'local-user-permissions',
            'local-user-more-permissions',
          ] as const
        ).map((id) => skipped(id, 'Needs an active Local User first.'))),
  ];
}

type Settled<T> = { value: T } | { error: JiraError };

/** @throws what is no error of Jira's */
async function settle<T>(promise: Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await promise };
  } catch (error) {
    if (error instanceof JiraError) return { error };
    throw error;
  }
}

function isUsable(account: Settled<Account | undefined>): boolean {
  if ('error' in account) return false;
  return account.value?.active === true && account.value.accountType === 'atlassian';
}

function appAccountChecks(): Check[] {
  return [
    passed('local-user-exists', 'It is the app’s own account.'),
    passed('local-user-active', 'The app’s own account is active while the app is installed.'),
  ];
}

function accountChecks(account: Settled<Account | undefined>): Check[] {
  const untold = skipped('local-user-active', 'Needs an existing account first.');
  if ('error' in account) return [jiraFailed('local-user-exists', account.error), untold];
  const { value } = account;
  if (value === undefined) {
    return [
      failed(
        'local-user-exists',
        'Jira does not know this account (any more).',
        'Edit the connection and pick another Local User.',
      ),
      untold,
    ];
  }
  if (value.accountType !== 'atlassian') {
    return [
      failed(
        'local-user-exists',
        `${value.displayName} is the account of ${value.accountType === 'app' ? 'an app' : 'a customer'}: it cannot work on issues for IssueSYNC.`,
        'Pick a user account that you created for IssueSYNC, or the app’s own account.',
      ),
      untold,
    ];
  }
  return [
    passed('local-user-exists', `Jira knows it as ${value.displayName}.`),
    value.active
      ? passed('local-user-active', 'The account is active.')
      : failed(
          'local-user-active',
          `${value.displayName} is deactivated.`,
          'Reactivate the account in Atlassian Administration, or pick another Local User.',
        ),
  ];
}

function dedicatedCheck(localUser: LocalUser, others: string[], acting: Settled<ActingAs>): Check {
  if (localUser === 'app') {
    return passed('local-user-dedicated', 'Nobody else can use the app’s own account.');
  }
  if (others.length > 0) {
    return warning(
      'local-user-dedicated',
      `This account is also the Local User of ${others.map((name) => `“${name}”`).join(', ')}. These connections do not pass changes on to each other, and Jira’s history cannot tell them apart.`,
      'Use a Local User of its own for each connection.',
    );
  }
  if ('value' in acting && acting.value.isAdministrator) {
    return warning(
      'local-user-dedicated',
      'This account is a Jira administrator. A Local User needs no more than access to the projects it works in, and an administrator’s own changes would never be synchronized.',
      'Create a user account for IssueSYNC that is used for nothing else.',
    );
  }
  return passed(
    'local-user-dedicated',
    'value' in acting
      ? 'No other connection uses it, and it is no administrator.'
      : 'No other connection uses it.',
  );
}

function actingChecks(localUser: LocalUser, acting: Settled<ActingAs>): Check[] {
  if ('error' in acting) {
    const refused = acting.error.code === 'impersonation-refused';
    return [
      refused
        ? failed(
            'local-user-impersonation',
            'The platform does not let the app act as this account. Nothing is done as somebody else instead.',
            'Forge lets an app act as people other than its contributors only when it is shared: turn on sharing (distribution link) in the developer console. Or choose the app’s own account as Local User.',
          )
        : jiraFailed('local-user-impersonation', acting.error),
      skipped('local-user-permissions', 'Could not be asked.'),
      skipped('local-user-more-permissions', 'Could not be asked.'),
    ];
  }
  return [
    passed(
      'local-user-impersonation',
      localUser === 'app'
        ? 'The app’s own account needs no impersonation.'
        : 'A call as this account was answered as this account.',
    ),
    ...permissionChecks(acting.value.projects),
  ];
}

/** Until there are contracts: at least one project must grant what is needed, and all are counted. */
function permissionChecks(projects: ProjectGrants[]): Check[] {
  const needed = projectsGranting(projects, NEEDED);
  const wanted = projectsGranting(needed, WANTED);
  const giveAccess =
    'Give the account these permissions in the projects to be synchronized: Project settings > Permissions, or a project role that has them.';
  return [
    needed.length > 0
      ? passed('local-user-permissions', describe(projects, NEEDED))
      : failed(
          'local-user-permissions',
          projects.length === 0
            ? 'The account can browse no project at all.'
            : `In no project can the account browse, create and edit. ${describe(projects, NEEDED)}`,
          giveAccess,
        ),
    needed.length > 0 && wanted.length === 0
      ? warning(
          'local-user-more-permissions',
          `In no project can the account comment, attach and transition. ${describe(projects, WANTED)}`,
          giveAccess,
        )
      : needed.length === 0
        ? skipped('local-user-more-permissions', 'Needs a project to work in first.')
        : passed('local-user-more-permissions', describe(projects, WANTED)),
  ];
}

/** Counts, and what is missing where, as “Edit issues in 2 of 3 projects (not in OPS)”. */
function describe(projects: ProjectGrants[], permissions: readonly ProjectPermission[]): string {
  const lacking = permissions
    .map((permission) => ({
      word: PERMISSION_WORDS[permission],
      missing: projects.filter(({ granted }) => !granted.has(permission)),
    }))
    .filter(({ missing }) => missing.length > 0);
  const total = `${projects.length} ${projects.length === 1 ? 'project' : 'projects'}`;
  if (lacking.length === 0) return `In all of ${total} that it sees.`;
  const gaps = lacking.map(({ word, missing }) => `cannot ${word} in ${list(missing)}`);
  const full = projectsGranting(projects, permissions).length;
  return `In ${full} of ${total} that it sees; ${gaps.join(', ')}.`;
}

function list(projects: ProjectGrants[]): string {
  const named = projects.slice(0, NAMED_PROJECTS).map(({ key, name }) => `${name} (${key})`);
  const more = projects.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}
