/** Edits of issues. */
import { INVALID_PAYLOAD, refusal } from './errors';
import { changeFields, setProperty } from './issue-changes';
import type { FieldUse } from './field-type';
import { isMissing, readChanges, type Changes, type IssueInput } from './issue-input';
import { editFields, isRequired } from './issue-screens';
import type { IssueInProject } from './issue-access';
import type { JiraIssue } from './issue-store';
import { hasGlobalPermission, hasProjectPermission } from './permissions';
import { changeOf, flag, type Call } from './route';

/**
 * Edits the fields of an issue, and sets properties.
 *
 * @returns the issue after the edit
 * @throws JiraRefusal 400, 403; nothing has changed then
 */
export function editIssue(
  call: Call,
  { issue, project }: IssueInProject,
  input: IssueInput,
): JiraIssue {
  const { fields, update, properties } = input;
  requireOverrides(call);
  if ([fields, update, properties].every((part) => Object.keys(part).length === 0)) {
    throw refusal(400, [INVALID_PAYLOAD]); // UNVERIFIED: "the request body is missing"
  }
  if (properties.length > 0 && !hasProjectPermission(call.caller, project, 'EDIT_ISSUES')) {
    throw refusal(403, ['You do not have permission to edit issues in this project.']);
  }
  const { issueTypeId } = issue;
  const use = { view: call, clock: call.clock, project, issueTypeId, issue };
  const changes = readChanges(use, input, editFields(use));
  requireKept(use, changes);
  // An anonymous caller can edit nothing: no change gets here.
  changeFields(changeOf(call), issue, changes);
  for (const { key, value } of properties) setProperty(changeOf(call), issue, key, value);
  return issue;
}

/** @throws JiraRefusal 400 naming each field that must have a value and is to lose it */
export function requireKept(use: Omit<FieldUse, 'field'>, changes: Changes): void {
  const errors: Record<string, string> = {};
  for (const [field, value] of changes) {
    if (value === undefined && isRequired(use, field.id)) errors[field.id] = isMissing(field);
  }
  if (Object.keys(errors).length > 0) throw refusal(400, [], errors);
}

/**
 * Both overrides need *Administer Jira*, and then change nothing here: what a screen hides stays hidden,
 * which is stricter. `notifyUsers=false` is ignored without the permission, as documented.
 *
 * @throws JiraRefusal 403
 */
function requireOverrides({ query, store, caller }: Call): void {
  const asked = ['overrideScreenSecurity', 'overrideEditableFlag'].some((name) =>
    flag(query, name),
  );
  if (asked && !hasGlobalPermission(store, caller, 'ADMINISTER')) {
    throw refusal(403, ['Only Jira administrators can override the security of screens.']);
  }
}
