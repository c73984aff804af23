/** `PUT issue/{id}/assignee`: an edit of one field, with rules of its own. */
import { z } from 'zod';
import { INVALID_PAYLOAD, refusal } from './errors';
import { fieldById } from './fields';
import type { IssueInProject } from './issue-access';
import { changeFields } from './issue-changes';
import { readChanges } from './issue-input';
import { hasProjectPermission } from './permissions';
import { changeOf, type Call } from './route';

/** `null` is nobody, `-1` the project's own choice. Names and keys of users are gone from Jira Cloud. */
const bodySchema = z.looseObject({ accountId: z.string().nullable() });

/**
 * Assigns an issue. *Edit issues* is not needed, *Assign issues* is.
 *
 * @throws JiraRefusal 400, 403
 */
export function assignIssue(call: Call, { issue, project }: IssueInProject): void {
  const parsed = bodySchema.safeParse(call.body);
  if (!parsed.success) throw refusal(400, [INVALID_PAYLOAD]);
  if (!hasProjectPermission(call.caller, project, 'ASSIGN_ISSUES')) {
    throw refusal(403, ['You do not have permission to assign issues in this project.']);
  }
  const field = fieldById(call.store.configuration, 'assignee');
  const { issueTypeId } = issue;
  const use = { view: call, clock: call.clock, project, issueTypeId, issue };
  const input = { fields: { assignee: { accountId: parsed.data.accountId } }, update: {} };
  changeFields(changeOf(call), issue, readChanges(use, input, field ? [field] : []));
}
