/** Deleting an issue: one that the app has created for this connection, and no other. */
import { z } from 'zod';
import { askJira } from '../../jira/client';
import type { WriteRefusal } from '../ports';
import { originIn } from './issue-properties';
import { knownIssue, type JiraContext } from './jira-context';
import { wholeRefusal } from './refusals';

/** @throws JiraError */
export async function removeIssue(
  context: JiraContext,
  id: string,
): Promise<{ refusal: WriteRefusal } | undefined> {
  const issue = await knownIssue(context, id);
  if (!issue) return undefined;
  if (originIn(issue.properties)?.connection !== context.connection.id) {
    const reason = `${issue.key} was not created by this connection: delete it by hand, if it is to go.`;
    return { refusal: { code: 'not-ours', reason } };
  }
  const { jira, as, time } = context;
  const path = { issueIdOrKey: id };
  const asked = await askJira(jira, 'deleteIssue', z.unknown(), { as, path, time });
  context.read.delete(id);
  if ('answer' in asked || asked.refusal.status === 404) return undefined;
  return { refusal: wholeRefusal(asked.refusal) };
}
