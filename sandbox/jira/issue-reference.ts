/** An issue as another one names it. */
import { issueTypeShape, priorityShape, statusShape } from './configuration-shapes';
import { textIn } from './field-type';
import type { JiraIssue } from './issue-store';
import type { View } from './shapes';

/** As `parent` and `subtasks` have it. */
export function issueReference(view: View, issue: JiraIssue) {
  const { statuses, priorities, issueTypes } = view.store.configuration;
  const status = statuses.get(issue.statusId);
  const type = issueTypes.get(issue.issueTypeId);
  const priority = priorities.get(textIn(issue.values.priority ?? ''));
  return {
    id: issue.id,
    key: issue.key,
    self: `${view.site.baseUrl}/rest/api/3/issue/${issue.id}`,
    fields: {
      summary: issue.values.summary,
      ...(status ? { status: statusShape(view, status) } : {}),
      ...(priority ? { priority: priorityShape(view, priority) } : {}),
      ...(type ? { issuetype: issueTypeShape(view, type) } : {}),
    },
  };
}
