/** Searches in a local Jira. */
import { z } from 'zod';
import type { LocalJira, LocalJiraAnswer } from './local-jira';

const pageSchema = z.looseObject({
  issues: z.array(
    z.looseObject({
      id: z.string(),
      key: z.string().optional(),
      fields: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  isLast: z.boolean(),
  nextPageToken: z.string().optional(),
});

export type SearchPage = z.infer<typeof pageSchema>;

/** @throws where the search is refused */
export async function searchPage(
  local: LocalJira,
  body: object,
  as = 'admin',
): Promise<SearchPage> {
  const answer = await local.post('search/jql', body, as);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return pageSchema.parse(answer.body);
}

/** The keys of what a query finds, on its first page. @throws where it is refused */
export async function keysFound(
  local: LocalJira,
  jql: string,
  as = 'admin',
  more: object = {},
): Promise<(string | undefined)[]> {
  const { issues } = await searchPage(local, { jql, fields: ['key'], ...more }, as);
  return issues.map(({ key }) => key);
}

/** What Jira has against a query. */
export function messagesIn({ status, body }: LocalJiraAnswer): string[] {
  expect(status).toBe(400);
  return z
    .strictObject({ errorMessages: z.array(z.string()), errors: z.strictObject({}) })
    .parse(body).errorMessages;
}
