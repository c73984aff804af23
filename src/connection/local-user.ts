/** What is known of a Local User: asked once, told in two places (Test here, `ping` to the remote). */
import {
  isUnavailable,
  JiraError,
  type JiraClient,
  type JiraPrincipal,
  type TimeBudget,
} from '../jira/client';
import {
  isJiraAdministrator,
  projectGrants,
  type ProjectGrants,
  type ProjectPermission,
} from '../jira/permissions';
import { findAccount, getCurrentAccount, type Account } from '../jira/users';
import type { LocalUser } from './draft';
import { jiraUnavailable, Refusal, type Problem } from './refusal';

/** Without these nothing can be synchronized. */
export const NEEDED = ['BROWSE_PROJECTS', 'CREATE_ISSUES', 'EDIT_ISSUES'] as const;
/** Without these some changes cannot be made. */
export const WANTED = ['ADD_COMMENTS', 'CREATE_ATTACHMENTS', 'TRANSITION_ISSUES'] as const;

/** What the app finds out by acting as the Local User. */
export interface ActingAs {
  isAdministrator: boolean;
  projects: ProjectGrants[];
}

/**
 * Refuses, when a connection is added or changed, an account that can never be a Local User. What only
 * a try can tell (permissions, impersonation) is Test's.
 *
 * @param callerId the admin who is setting up the connection
 * @throws Refusal at `localUser`; `jira-unavailable` where Jira cannot be asked
 */
export async function checkLocalUser(
  jira: JiraClient,
  localUser: LocalUser,
  callerId: string,
): Promise<void> {
  if (localUser === 'app') return;
  if (localUser.accountId === callerId) throw refusal('user-is-you');
  let account: Account | undefined;
  try {
    account = await findAccount(jira, localUser.accountId);
  } catch (error) {
    throw isUnavailable(error) ? jiraUnavailable(error) : error;
  }
  const code = whyNot(account);
  if (code !== undefined) throw refusal(code);
}

/** Why an account cannot be a Local User at all, if so. */
export function whyNot(account: Account | undefined): LocalUserRefusal | undefined {
  if (account === undefined) return 'user-unknown';
  if (account.accountType !== 'atlassian') return 'user-not-a-person';
  return account.active ? undefined : 'user-inactive';
}

type LocalUserRefusal = keyof typeof REFUSALS;

const REFUSALS = {
  'user-unknown': 'Jira does not know this account. Pick another one.',
  'user-not-a-person':
    'This is the account of an app or of a customer. Pick a user account that you created for IssueSYNC, or choose the app’s own account.',
  'user-inactive': 'This account is deactivated. Reactivate it, or pick another one.',
  'user-is-you':
    'The Local User must not be you: changes that it makes are never synchronized, and yours would not be. Pick an account that is used for nothing else.',
} as const;

function refusal(code: LocalUserRefusal): Refusal {
  const problem: Problem = { field: 'localUser', code, message: REFUSALS[code] };
  return new Refusal([problem]);
}

/** By whom changes are made for this Local User. */
export function principalOf(localUser: LocalUser): JiraPrincipal {
  return localUser === 'app' ? 'app' : { accountId: localUser.accountId };
}

/**
 * Acts as the Local User: that it can be done at all is half of what is to be known.
 *
 * @throws JiraError `impersonation-refused`, `unavailable`
 */
export async function actAs(
  jira: JiraClient,
  localUser: LocalUser,
  time: TimeBudget,
): Promise<ActingAs> {
  const as = principalOf(localUser);
  // First alone: where it is refused, nothing else needs to be asked.
  const current = await getCurrentAccount(jira, as, time);
  if (localUser !== 'app' && current.accountId !== localUser.accountId) {
    throw new JiraError('impersonation-refused', 'Jira answered as another account');
  }
  const permissions: readonly ProjectPermission[] = [...NEEDED, ...WANTED];
  const [isAdministrator, projects] = await Promise.all([
    isJiraAdministrator(jira, as, time),
    projectGrants(jira, as, permissions, time),
  ]);
  return { isAdministrator, projects };
}

/** Projects in which all of `permissions` are granted. */
export function projectsGranting(
  projects: readonly ProjectGrants[],
  permissions: readonly ProjectPermission[],
): ProjectGrants[] {
  return projects.filter(({ granted }) => permissions.every((name) => granted.has(name)));
}
