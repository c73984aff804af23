/** What Jira's admins do to issues and projects that its REST API has no simple call for. */
import type { Change } from './issue-changes';
import { recordChange } from './issue-changes';
import { projectType } from './issue-screens';
import type { HistoryItem, JiraIssue } from './issue-store';
import type { JiraProject } from './store';

/**
 * Gives a project another key. Its issues get new keys; the old ones lead to them still. No history, no
 * event tells of it (UNVERIFIED).
 */
export function renameProject({ view }: Change, project: JiraProject, key: string): void {
  const { store } = view;
  if (!/^[A-Z][A-Z0-9_]+$/.test(key)) throw new Error(`${key} is no key of a project`);
  if (store.project(key) && store.project(key)?.id !== project.id) {
    throw new Error(`There is a project with the key ${key}, or was`);
  }
  store.putProject({ ...project, key });
  for (const issue of store.issues.all().filter(({ projectId }) => projectId === project.id)) {
    store.issues.put({ ...issue, key: issue.key.replace(/^.*-/, `${key}-`) });
  }
}

/**
 * Moves an issue to another project or type, into the first status of its workflow there. It keeps its id;
 * its old key leads to it still. What the new project does not have (components, versions, priorities,
 * security levels) it loses.
 */
export function moveIssue(
  change: Change,
  issue: JiraIssue,
  project: JiraProject,
  issueTypeId: string,
): void {
  const { store } = change.view;
  const workflow = store.configuration.workflows.get(projectType(project, issueTypeId).workflowId);
  if (!workflow) throw new Error(`${project.key} has no workflow for this type`);
  if (store.issues.childrenOf(issue.id).length > 0) {
    throw new Error(`${issue.key} has children, which Jira would move too: that is not modelled`);
  }
  const before = { ...issue };
  const from = store.project(issue.projectId);
  if (project.id !== issue.projectId) {
    issue.projectId = project.id;
    issue.key = store.nextKey(project);
    for (const id of ['components', 'versions', 'fixVersions', 'security', 'parent']) {
      issue.values[id] = undefined;
    }
    issue.values.priority = project.defaultPriorityId;
  }
  issue.issueTypeId = issueTypeId;
  if (!workflow.statusIds.includes(issue.statusId)) {
    issue.statusId = workflow.initialStatusId;
    issue.statusChanged = change.now;
  }
  const { issueTypes, statuses } = store.configuration;
  const items = [
    item('Key', before.key, issue.key, null, null),
    item('project', from?.name, project.name, before.projectId, project.id, 'project'),
    item(
      'issuetype',
      issueTypes.get(before.issueTypeId)?.name,
      issueTypes.get(issueTypeId)?.name,
      before.issueTypeId,
      issueTypeId,
      'issuetype',
    ),
    item(
      'status',
      statuses.get(before.statusId)?.name,
      statuses.get(issue.statusId)?.name,
      before.statusId,
      issue.statusId,
      'status',
    ),
  ].filter((one) => one.fromString !== one.toString || one.from !== one.to);
  if (items.length > 0) recordChange(change, issue, items);
}

function item(
  field: string,
  fromString: string | undefined,
  toString: string | undefined,
  from: string | null,
  to: string | null,
  fieldId?: string,
): HistoryItem {
  return {
    field,
    fieldtype: 'jira',
    ...(fieldId === undefined ? {} : { fieldId }),
    from,
    fromString: fromString ?? null,
    to,
    toString: toString ?? null,
  };
}
