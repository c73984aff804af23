/** Whether a contract is for an issue. */
import { z } from 'zod';
import { callJira } from '../../jira/client';
import type { Snapshot } from '../ports';
import { choiceIdIn, type IssueAnswer } from './issue-answer';
import type { JiraContext } from './jira-context';

const foundSchema = z.object({ issues: z.array(z.object({ id: z.string() })) });

/**
 * Without JQL no further call: project and type are in the issue. With JQL Jira is asked about this one issue,
 * which it reconciles with its index before it answers. JQL that fails is an error: nothing is known then.
 *
 * @throws JiraError
 */
export async function outsideOf(
  context: JiraContext,
  issue: IssueAnswer,
): Promise<Snapshot<unknown>['isOutside']> {
  const { contract, jira, as, time } = context;
  const type = choiceIdIn(issue, 'issuetype');
  const isOurs =
    choiceIdIn(issue, 'project') === contract.project.id &&
    contract.issueTypes.some(({ id }) => id === type);
  if (!isOurs) return 'project';
  if (contract.jql === undefined) return undefined;
  const answer = await callJira(jira, 'searchIssues', foundSchema, {
    as,
    body: {
      jql: `(${contract.jql}) AND id = ${issue.id}`,
      fields: ['id'],
      maxResults: 1,
      reconcileIssues: [Number(issue.id)],
    },
    time,
  });
  return answer?.issues.some(({ id }) => id === issue.id) ? undefined : 'jql';
}
