/** What a local Jira's issues need: ids by name, and documents. */
import type { AdfDocument } from '../../sandbox/jira/adf';
import { z } from 'zod';
import type { LocalJira, LocalJiraAnswer } from './local-jira';

const issueSchema = z.looseObject({
  id: z.string(),
  key: z.string(),
  fields: z.record(z.string(), z.unknown()),
  changelog: z
    .looseObject({ total: z.int(), histories: z.array(z.record(z.string(), z.unknown())) })
    .optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

export type IssueAnswer = z.infer<typeof issueSchema>;

/** @throws where the answer is no issue */
export function issueIn({ body }: LocalJiraAnswer): IssueAnswer {
  return issueSchema.parse(body);
}

/** What Jira finds wrong with each field. */
export function errorsIn({ body }: LocalJiraAnswer): Record<string, string> {
  expect(body).toHaveProperty('errors');
  return z.object({ errors: z.record(z.string(), z.string()) }).parse(body).errors;
}

export async function readIssue(
  local: LocalJira,
  idOrKey: string,
  query = '',
  as = 'admin',
): Promise<IssueAnswer> {
  return issueIn(await local.get(`issue/${idOrKey}${query}`, as));
}

/** Creates an issue, a task in `DEMO` unless `fields` says otherwise, and returns its key. */
export async function createIssue(
  local: LocalJira,
  fields: Record<string, unknown> = {},
  as = 'admin',
): Promise<string> {
  const base = { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary: 'A task' };
  const answer = await local.post('issue', { fields: { ...base, ...fields } }, as);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return z.looseObject({ key: z.string() }).parse(answer.body).key;
}

/** A document of one paragraph. */
export function documentOf(text: string): AdfDocument {
  return {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
  };
}
