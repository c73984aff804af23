/** Creates issues. */
import { JiraRefusal, refusal } from './errors';
import { textProperty, type FieldUse } from './field-type';
import { getIssue } from './issue-access';
import { setProperty, snapshot, tell, type Change } from './issue-changes';
import { isMissing, readChanges, type IssueInput } from './issue-input';
import { createFields, isRequired, projectType } from './issue-screens';
import type { JiraIssue } from './issue-store';
import { hasProjectPermission } from './permissions';
import { changeOf, type Call } from './route';
import type { JiraProject } from './store';
import { transitionIssue } from './transitions';

/**
 * Creates the issue that a request asks for.
 *
 * @throws JiraRefusal 400, 401
 */
export function createIssue(call: Call, input: IssueInput): JiraIssue {
  // Not plain text here: the description has an object ([2nd] its words).
  if (!call.caller) {
    throw refusal(401, [
      'You are not authenticated. Authentication required to perform this operation.',
    ]);
  }
  const project = projectOf(call, input);
  const issueTypeId = issueTypeOf(call, project, input);
  const { project: _project, issuetype, ...fields } = input.fields;
  const use = { view: call, clock: call.clock, project, issueTypeId, issue: undefined };
  const settable = createFields(use).filter(({ id }) => id !== 'issuetype');
  const changes = readChanges(use, { ...input, fields }, settable);
  const now = call.clock.now();
  const issue: JiraIssue = {
    id: '',
    key: '',
    projectId: project.id,
    issueTypeId,
    statusId: initialStatus(call, project, issueTypeId),
    creator: call.caller.accountId,
    created: now,
    updated: now,
    statusChanged: now,
    values: defaults(call, project),
  };
  for (const [field, value] of changes) issue.values[field.id] = value;
  requireValues(use, issue);
  issue.id = call.store.nextId('issue');
  issue.key = call.store.nextKey(project);
  call.store.issues.put(issue);
  announce(changeOf(call), issue);
  for (const { key, value } of input.properties) setProperty(changeOf(call), issue, key, value);
  return issue;
}

/** What an answer says of the transition that came with a creation. */
export interface TransitionOutcome {
  status: number;
  errorCollection: unknown;
}

/**
 * Takes the transition that the creation asks for. One that cannot be taken does not undo the creation: the
 * answer tells of it (OpenAPI description, `CreatedIssue`).
 */
export function transitionCreated(
  call: Call,
  { id }: JiraIssue,
  { transitionId }: IssueInput,
): TransitionOutcome | undefined {
  if (transitionId === undefined) return undefined;
  try {
    const input = { fields: {}, update: {}, properties: [], transitionId };
    transitionIssue(call, getIssue(call, id), input);
    return { status: 200, errorCollection: { errorMessages: [], errors: {} } };
  } catch (error) {
    if (!(error instanceof JiraRefusal)) throw error;
    const { status, body } = error.response;
    return { status, errorCollection: JSON.parse(body ?? '{}') as unknown };
  }
}

function announce(change: Change, issue: JiraIssue): void {
  tell(change, { type: 'issue-created', ...snapshot(change, issue) });
  if (issue.values.assignee !== undefined) {
    tell(change, { type: 'issue-assigned', ...snapshot(change, issue) });
  }
}

/** @throws JiraRefusal 400 */
function projectOf({ store, caller }: Call, { fields }: IssueInput): JiraProject {
  const idOrKey = textProperty(fields.project, 'id') ?? textProperty(fields.project, 'key');
  const project = idOrKey === undefined ? undefined : store.project(idOrKey);
  if (!project || !hasProjectPermission(caller, project, 'BROWSE_PROJECTS')) {
    throw refusal(400, [], { project: 'Specify a valid project ID or key' }); // [2nd]
  }
  if (!hasProjectPermission(caller, project, 'CREATE_ISSUES')) {
    throw refusal(400, [], { project: 'You cannot create issues in this project.' }); // [2nd]
  }
  return project;
}

/** @throws JiraRefusal 400 */
function issueTypeOf({ store }: Call, project: JiraProject, { fields }: IssueInput): string {
  const id = textProperty(fields.issuetype, 'id');
  const name = textProperty(fields.issuetype, 'name');
  if (id === undefined && name === undefined) {
    throw refusal(400, [], { issuetype: 'Specify an issue type' }); // [2nd]
  }
  const found = project.issueTypes.find(({ issueTypeId }) =>
    id === undefined
      ? store.configuration.issueTypes.get(issueTypeId)?.name === name
      : issueTypeId === id,
  );
  if (found) return found.issueTypeId;
  // The former is in Atlassian's OpenAPI description, the latter [2nd].
  throw refusal(400, [], {
    issuetype:
      id === undefined ? 'Specify a valid issue type' : 'The issue type selected is invalid.',
  });
}

function initialStatus({ store }: Call, project: JiraProject, issueTypeId: string): string {
  const { workflowId } = projectType(project, issueTypeId);
  const workflow = store.configuration.workflows.get(workflowId);
  if (!workflow) throw new Error(`${project.key} has no workflow ${workflowId}`);
  return workflow.initialStatusId;
}

/** What Jira fills in where the request is silent. */
function defaults({ caller }: Call, project: JiraProject): JiraIssue['values'] {
  return {
    priority: project.defaultPriorityId,
    ...(caller ? { reporter: caller.accountId } : {}),
    ...(project.defaultAssignee === 'PROJECT_LEAD' ? { assignee: project.leadAccountId } : {}),
  };
}

/** @throws JiraRefusal 400 naming each field that must have a value and has none */
function requireValues(use: Omit<FieldUse, 'field'>, issue: JiraIssue): void {
  const missing = createFields(use).filter(
    ({ id }) => id !== 'issuetype' && issue.values[id] === undefined && isRequired(use, id),
  );
  if (missing.length === 0) return;
  throw refusal(400, [], Object.fromEntries(missing.map((field) => [field.id, isMissing(field)])));
}
