/** Deletes issues. */
import { refusal } from './errors';
import type { IssueInProject } from './issue-access';
import { snapshot, tell, type Change } from './issue-changes';
import type { JiraIssue } from './issue-store';
import { hasProjectPermission } from './permissions';
import { changeOf, flag, type Call } from './route';

/**
 * Deletes an issue with all that is its own. Each deleted issue is told of; what went with it is not.
 *
 * @throws JiraRefusal 400 for subtasks that are not to go too, 403
 */
export function deleteIssue(call: Call, { issue, project }: IssueInProject): void {
  const { store, caller, query } = call;
  if (!hasProjectPermission(caller, project, 'DELETE_ISSUES')) {
    throw refusal(403, ['You do not have permission to delete issues in this project.']);
  }
  const children = store.issues.childrenOf(issue.id);
  const isSubtask = ({ issueTypeId }: JiraIssue): boolean =>
    store.configuration.issueTypes.get(issueTypeId)?.hierarchyLevel === -1;
  const subtasks = children.filter(isSubtask);
  if (subtasks.length > 0 && !flag(query, 'deleteSubtasks')) {
    throw refusal(400, [
      `The issue '${issue.key}' has subtasks. You must specify the 'deleteSubtasks' parameter to ` +
        'delete this issue and all its subtasks.',
    ]);
  }
  for (const subtask of subtasks) remove(changeOf(call), subtask);
  for (const child of children.filter((one) => !isSubtask(one))) {
    // An epic that goes leaves its issues without one; that they get no history is UNVERIFIED.
    store.issues.put({ ...child, values: { ...child.values, parent: undefined } });
  }
  remove(changeOf(call), issue);
}

function remove(change: Change, issue: JiraIssue): void {
  const before = snapshot(change, issue);
  change.view.store.comments.deleteAllOf(issue.id);
  change.view.store.issues.delete(issue);
  tell(change, { type: 'issue-deleted', ...before });
}
