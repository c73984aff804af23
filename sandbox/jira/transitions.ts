/** Which transitions an issue can take, and what taking one does. */
import type { Condition, Status, Transition } from './configuration';
import { refusal } from './errors';
import { fieldById } from './fields';
import type { IssueInProject } from './issue-access';
import { changeFields, setProperty } from './issue-changes';
import { isMissing, readChanges, type Changes, type IssueInput } from './issue-input';
import { projectType, shown } from './issue-screens';
import type { HistoryItem } from './issue-store';
import { hasProjectPermission } from './permissions';
import { changeOf, type Call } from './route';
import type { View } from './shapes';

/** The transitions that leave the issue's status, whoever may take them. */
export function transitionsFrom({ store }: View, { issue, project }: IssueInProject): Transition[] {
  const { workflowId } = projectType(project, issue.issueTypeId);
  const { transitions = [] } = store.configuration.workflows.get(workflowId) ?? {};
  return transitions.filter(({ from }) => from === 'any' || from.includes(issue.statusId));
}

/** Whether the caller can take the transition. Without *Transition issues* none ([2nd]: then none is listed). */
export function isAvailable(
  { caller }: View,
  { issue, project }: IssueInProject,
  { conditions }: Transition,
): boolean {
  const holds = (condition: Condition): boolean => {
    switch (condition.type) {
      case 'role':
        return project.roles[condition.role]?.includes(caller?.accountId ?? '') === true;
      case 'permission':
        return hasProjectPermission(caller, project, condition.permission);
      case 'assignee':
        return caller !== undefined && issue.values.assignee === caller.accountId;
    }
  };
  return hasProjectPermission(caller, project, 'TRANSITION_ISSUES') && conditions.every(holds);
}

/**
 * Takes a transition: its screen's fields, the status, what its post functions do, in one entry of the
 * history.
 *
 * @throws JiraRefusal 400; nothing has changed then
 */
export function transitionIssue(
  call: Call,
  found: IssueInProject,
  input: IssueInput & { transitionId: string },
): void {
  const { issue, project } = found;
  const transition = transitionsFrom(call, found).find(({ id }) => id === input.transitionId);
  if (!transition || !isAvailable(call, found, transition)) {
    throw refusal(400, [`Transition id '${input.transitionId}' is not valid for this issue.`]); // [2nd]
  }
  const { issueTypeId } = issue;
  const use = { view: call, clock: call.clock, project, issueTypeId, issue };
  const fields = shown(use, transition.screen?.fields ?? []);
  const changes = readChanges(use, input, fields);
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const value = changes.has(field) ? changes.get(field) : issue.values[field.id];
    const required = transition.screen?.required.includes(field.id) === true;
    if (required && value === undefined) errors[field.id] = isMissing(field);
  }
  if (Object.keys(errors).length > 0) throw refusal(400, [], errors);
  setResolution(call, transition, changes);
  const from = call.store.configuration.statuses.get(issue.statusId);
  const to = call.store.configuration.statuses.get(transition.to);
  if (!from || !to) throw new Error(`${issue.key} is in a status that is not there`);
  const change = changeOf(call);
  issue.statusId = to.id;
  if (from.category !== to.category) issue.statusChanged = change.now;
  // A way from a status to itself is taken, and leaves no trace of its own (UNVERIFIED).
  changeFields(change, issue, changes, from.id === to.id ? [] : [statusItem(from, to)]);
  for (const { key, value } of input.properties) setProperty(change, issue, key, value);
}

/** The post function comes after the screen, and overrides it. */
function setResolution({ store }: View, { resolution }: Transition, changes: Changes): void {
  const field = fieldById(store.configuration, 'resolution');
  if (resolution === undefined || !field) return;
  for (const each of changes.keys()) if (each.id === field.id) changes.delete(each);
  changes.set(field, resolution === 'clear' ? undefined : resolution.set);
}

function statusItem(from: Status, to: Status): HistoryItem {
  return {
    field: 'status',
    fieldtype: 'jira',
    fieldId: 'status',
    from: from.id,
    fromString: from.name,
    to: to.id,
    toString: to.name,
  };
}
