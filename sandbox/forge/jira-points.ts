/** What a call of Jira's REST API costs of the hourly quota (Jira: Rate limiting, How points work). */
import { z } from 'zod';
import type { JiraRequest } from '../jira/types';

/** "Identity & access": users, groups and permissions cost twice as much to read as issues and projects. */
const IDENTITY = /^\/rest\/api\/\d\/(user|users|myself|group|groups|permissions|mypermissions)\b/;

/** A `POST` that reads: whether it costs as a read or as a write is UNVERIFIED, a read costs more. */
const READS_BY_POST =
  /^\/rest\/api\/\d\/(issue\/bulkfetch|comment\/list|search\/(jql|approximate-count)|jql\/(match|parse)|permissions\/check)\b/;

/** "50 issues × 1 point each." */
const BULK_CREATE = /^\/rest\/api\/\d\/issue\/bulk\b/;

/**
 * One, and for a read one more per object in the answer, two where that is about people; for a bulk of
 * issues as many as it creates.
 *
 * @param answer the body of Jira's answer
 */
export function pointsOf(
  { method, path, body }: Pick<JiraRequest, 'method' | 'path' | 'body'>,
  answer: string | undefined,
): number {
  if (method === 'POST' && BULK_CREATE.test(path)) return Math.max(1, countIn(body));
  if (method !== 'GET' && !READS_BY_POST.test(path)) return 1;
  return 1 + countIn(answer) * (IDENTITY.test(path) ? 2 : 1);
}

const listSchema = z.union([
  z.array(z.unknown()),
  z
    .object({ matches: z.array(z.object({ matchedIssues: z.array(z.unknown()) })) })
    .transform(({ matches }) => matches.flatMap(({ matchedIssues }) => matchedIssues)),
  z.object({ queries: z.array(z.unknown()) }).transform(({ queries }) => queries),
  z.object({ values: z.array(z.unknown()) }).transform(({ values }) => values),
  z.object({ issues: z.array(z.unknown()) }).transform(({ issues }) => issues),
  z.object({ comments: z.array(z.unknown()) }).transform(({ comments }) => comments),
  z.object({ issueUpdates: z.array(z.unknown()) }).transform(({ issueUpdates }) => issueUpdates),
]);

/** The objects of a list; anything else is one. */
function countIn(body: string | undefined): number {
  if (body === undefined || !/^\s*[[{]/.test(body)) return 0;
  try {
    const list = listSchema.safeParse(JSON.parse(body));
    return list.success ? list.data.length : 1;
  } catch {
    return 0;
  }
}
