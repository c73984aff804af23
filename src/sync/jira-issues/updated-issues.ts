/** The issues of a contract that were updated lately, by Jira's index. */
import { z } from 'zod';
import { callJira } from '../../jira/client';
import { jqlOfIssues } from '../../jira/jql';
import type { UpdatedPage } from '../ports';
import { instantSchema } from './issue-answer';
import type { JiraContext } from './jira-context';

const pageSchema = z.object({
  issues: z.array(z.object({ id: z.string(), fields: z.object({ updated: instantSchema }) })),
  nextPageToken: z.string().nullish(),
});

/** Jira gives no more at a time where it is asked for fields. */
const PAGE = 100;

/** @throws JiraError also for JQL that fails: nothing is known then */
export async function updatedIssues(
  { jira, as, contract, time }: JiraContext,
  minutes: number,
  after: string | undefined,
): Promise<UpdatedPage> {
  const { project, issueTypes, jql } = contract;
  const ids = issueTypes.map(({ id }) => id);
  const issues = jqlOfIssues(project.id, ids, jql);
  const answer = await callJira(jira, 'searchIssues', pageSchema, {
    as,
    body: {
      // What is updated meanwhile moves to the end, and is passed by no page.
      jql: `${issues} AND updated >= "-${minutes}m" ORDER BY updated ASC`,
      fields: ['updated'],
      maxResults: PAGE,
      ...(after === undefined ? {} : { nextPageToken: after }),
    },
    time,
  });
  const found = answer?.issues ?? [];
  const next = answer?.nextPageToken;
  return {
    issues: found.map(({ id, fields }) => ({ issue: id, updatedAt: fields.updated })),
    ...(next ? { next } : {}),
  };
}
