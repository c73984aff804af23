/** Jira's query language, read and searched with by Jira itself. */
import { z } from 'zod';
import { callJira, type JiraClient, type JiraPrincipal, type TimeBudget } from './client';

export interface JqlCheck {
  /** In Jira's words. None: it is a valid query. */
  errors: string[];
  /** Whether it ends with ORDER BY. */
  isOrdered: boolean;
}

export interface FoundIssue {
  key: string;
  summary: string;
  issueType: string;
  status: string;
}

const parsedSchema = z.object({
  queries: z.tuple([
    z.object({
      errors: z.array(z.string()).default([]),
      /** Atlassian's own example has a value that does not exist here, whatever the validation. */
      warnings: z.array(z.string()).default([]),
      structure: z.object({ orderBy: z.unknown() }).partial().optional(),
    }),
  ]),
});

const countSchema = z.object({ count: z.number() });

const named = z.object({ name: z.string() });

const issuesSchema = z.object({
  issues: z.array(
    z.object({
      key: z.string(),
      fields: z.object({ summary: z.string(), issuetype: named, status: named }),
    }),
  ),
});

/** Whether `as` may search with this, fields and values included. @throws JiraError */
export async function checkJql(
  jira: JiraClient,
  as: JiraPrincipal,
  jql: string,
  time?: TimeBudget,
): Promise<JqlCheck> {
  const answer = await callJira(jira, 'parseJqlQueries', parsedSchema, {
    as,
    query: { validation: 'strict' },
    body: { queries: [jql] },
    time,
  });
  const query = answer?.queries[0];
  const orderBy = query?.structure?.orderBy;
  const errors = query ? [...query.errors, ...query.warnings] : [];
  return { errors, isOrdered: orderBy !== undefined && orderBy !== null };
}

/** The query of the issues of a contract. @param jql narrows it down */
export function jqlOfIssues(
  projectId: string,
  issueTypeIds: readonly string[],
  jql: string | undefined,
): string {
  const issues = `project = ${projectId} AND issuetype IN (${issueTypeIds.join(', ')})`;
  return jql === undefined ? issues : `${issues} AND (${jql})`;
}

/** About how many issues there are. @throws JiraError */
export async function countIssues(
  jira: JiraClient,
  as: JiraPrincipal,
  jql: string,
  time?: TimeBudget,
): Promise<number> {
  const options = { as, body: { jql }, time };
  return (await callJira(jira, 'countIssues', countSchema, options))?.count ?? 0;
}

/** The newest issues. @throws JiraError */
export async function newestIssues(
  jira: JiraClient,
  as: JiraPrincipal,
  jql: string,
  count: number,
  time?: TimeBudget,
): Promise<FoundIssue[]> {
  const answer = await callJira(jira, 'searchIssues', issuesSchema, {
    as,
    body: {
      jql: `${jql} ORDER BY created DESC`,
      maxResults: count,
      fields: ['summary', 'issuetype', 'status'],
    },
    time,
  });
  return (answer?.issues ?? []).map(({ key, fields }) => ({
    key,
    summary: fields.summary,
    issueType: fields.issuetype.name,
    status: fields.status.name,
  }));
}
