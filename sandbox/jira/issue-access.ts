/** Who sees which issue. */
import { refusal } from './errors';
import { textIn } from './field-type';
import type { JiraIssue } from './issue-store';
import { hasProjectPermission, isHolder, type Caller } from './permissions';
import type { View } from './shapes';
import type { JiraProject } from './store';

/** *Browse projects* in its project, and a place in its security level where it has one. */
export function canSeeIssue(view: View, issue: JiraIssue): boolean {
  return userCanSeeIssue(view.store, view.caller, issue);
}

export function userCanSeeIssue(
  store: View['store'],
  user: Caller,
  { projectId, values }: JiraIssue,
): boolean {
  const project = store.project(projectId);
  if (!project || !hasProjectPermission(user, project, 'BROWSE_PROJECTS')) return false;
  if (values.security === undefined) return true;
  const level = store.configuration.securityLevels.get(textIn(values.security));
  return level !== undefined && isHolder(user, level.holders, project);
}

export interface IssueInProject {
  issue: JiraIssue;
  project: JiraProject;
}

/** What Jira says of an issue that is not there, or that one may not know of. */
export const NO_SUCH_ISSUE = 'Issue does not exist or you do not have permission to see it.';

/** @throws JiraRefusal 404 for an issue that is not there or that the caller cannot see */
export function getIssue(view: View, idOrKey: string): IssueInProject {
  const issue = view.store.issues.find(idOrKey);
  const project = issue && view.store.project(issue.projectId);
  if (!project || !canSeeIssue(view, issue)) throw refusal(404, [NO_SUCH_ISSUE]);
  return { issue, project };
}
