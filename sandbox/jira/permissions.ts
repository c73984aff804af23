/** Who may do what: global permissions and the projects' permission schemes. */
import type { Holder, JiraProject, JiraStore, JiraUser } from './store';

/** `undefined` is an anonymous caller: nothing on these sites is granted to *Anyone*. */
export type Caller = JiraUser | undefined;

/** Whether `caller` has a global permission, as `ADMINISTER`. */
export function hasGlobalPermission(store: JiraStore, caller: Caller, permission: string): boolean {
  return isHolder(caller, store.globalGrants()[permission]);
}

/** Whether `caller` has a project permission, as `EDIT_ISSUES`, in `project`. */
export function hasProjectPermission(
  caller: Caller,
  project: JiraProject,
  permission: string,
): boolean {
  return isHolder(caller, project.grants[permission], project);
}

/**
 * Whether `caller` can see that the project exists. Atlassian's OpenAPI description, "Get projects
 * paginated": *Browse projects* or *Administer projects* in it, or *Administer Jira*.
 */
export function canViewProject(store: JiraStore, caller: Caller, project: JiraProject): boolean {
  return (
    hasProjectPermission(caller, project, 'BROWSE_PROJECTS') ||
    canAdministerProject(store, caller, project)
  );
}

export function canAdministerProject(
  store: JiraStore,
  caller: Caller,
  project: JiraProject,
): boolean {
  return (
    hasProjectPermission(caller, project, 'ADMINISTER_PROJECTS') ||
    hasGlobalPermission(store, caller, 'ADMINISTER')
  );
}

/** Grants a project permission to one account, beside those who have it. */
export function grant(project: JiraProject, permission: string, user: JiraUser): void {
  if (hasProjectPermission(user, project, permission)) return;
  const holders = project.grants[permission] ?? [];
  project.grants[permission] = [...holders, { type: 'user', accountId: user.accountId }];
}

/**
 * Takes a project permission from one account. A scheme cannot deny, so its holders become every other
 * account that has the permission now, one by one.
 */
export function withdraw(
  project: JiraProject,
  permission: string,
  user: JiraUser,
  everybody: JiraUser[],
): void {
  project.grants[permission] = everybody
    .filter(({ accountId }) => accountId !== user.accountId)
    .filter((other) => isHolder(other, project.grants[permission], project))
    .map(({ accountId }) => ({ type: 'user', accountId }));
}

/** Whether `caller` is one of these, roles being those of `project`. */
export function isHolder(caller: Caller, holders: Holder[] = [], project?: JiraProject): boolean {
  if (caller === undefined) return false;
  return holders.some((holder) => {
    switch (holder.type) {
      case 'group':
        return caller.groups.includes(holder.name);
      case 'user':
        return caller.accountId === holder.accountId;
      case 'role':
        return project?.roles[holder.name]?.includes(caller.accountId) === true;
    }
  });
}
