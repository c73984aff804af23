/** Which fields of an issue a caller can set, and which must have a value. */
import type { FieldUse } from './field-type';
import { appliesTo, fieldById, type Field } from './fields';
import { hasProjectPermission } from './permissions';
import type { JiraProject, ProjectIssueType } from './store';
import type { View } from './shapes';

/**
 * A permission without which a field is not on any screen of the caller's (Jira, "Permissions for
 * company-managed projects"). That the field then *cannot be set* rather than *is forbidden* is [2nd].
 */
const PERMISSION_OF_FIELD: Readonly<Record<string, string>> = {
  assignee: 'ASSIGN_ISSUES',
  reporter: 'MODIFY_REPORTER',
  duedate: 'SCHEDULE_ISSUES',
  fixVersions: 'RESOLVE_ISSUES',
  security: 'SET_ISSUE_SECURITY',
};

/** On the screens for creating and editing of every type. */
const EVERYWHERE = ['summary', 'issuetype'];

/** Without a value in none of them. */
const ALWAYS_REQUIRED = ['summary', 'issuetype', 'reporter'];

/** The fields that the caller can set when an issue of this type is created. */
export function createFields(use: Omit<FieldUse, 'field' | 'issue'>): Field[] {
  const { createScreen } = projectType(use.project, use.issueTypeId);
  return shown(use, [...EVERYWHERE, ...createScreen]);
}

/** The fields that the caller can edit: none without *Edit issues* ([2nd]). */
export function editFields(use: Omit<FieldUse, 'field'>): Field[] {
  const { view, project, issueTypeId } = use;
  if (!hasProjectPermission(view.caller, project, 'EDIT_ISSUES')) return [];
  return shown(use, [...EVERYWHERE, ...projectType(project, issueTypeId).editScreen]);
}

/** The fields of these that the caller can set in this project. */
export function shown(
  { view, project }: { view: View; project: JiraProject },
  ids: readonly string[],
): Field[] {
  return [...new Set(ids)].flatMap((id) => {
    const field = fieldById(view.store.configuration, id);
    if (!field || !appliesTo(field, project.id)) return [];
    const permission = PERMISSION_OF_FIELD[id];
    const allowed = permission === undefined || may(view, project, permission);
    return allowed ? [field] : [];
  });
}

const may = ({ caller }: View, project: JiraProject, permission: string): boolean =>
  hasProjectPermission(caller, project, permission);

/** Whether the field must have a value in issues of this type. A subtask must have a parent. */
export function isRequired(
  { view, project, issueTypeId }: Omit<FieldUse, 'field' | 'clock'>,
  fieldId: string,
): boolean {
  const level = view.store.configuration.issueTypes.get(issueTypeId)?.hierarchyLevel;
  return (
    ALWAYS_REQUIRED.includes(fieldId) ||
    (fieldId === 'parent' && level === -1) ||
    projectType(project, issueTypeId).required.includes(fieldId)
  );
}

/** What the project says about one of its issue types. */
export function projectType(project: JiraProject, issueTypeId: string): ProjectIssueType {
  const found = project.issueTypes.find((one) => one.issueTypeId === issueTypeId);
  if (!found) throw new Error(`${project.key} has no issue type ${issueTypeId}`);
  return found;
}
