/** The token of the next page of a search: behind which issue it begins, of which query. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { refusal } from './errors';
import type { Position } from './jql-query';

/** OpenAPI description, "This token will expire in 7 days". */
const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

const tokenSchema = z.strictObject({
  position: z.array(z.union([z.string(), z.number(), z.null()])),
  query: z.string(),
  at: z.number(),
});

export function writePageToken(position: Position, jql: string, now: number): string {
  const token = { position, query: digestOf(jql), at: now };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/**
 * Where the page before ended.
 *
 * @throws JiraRefusal 400 for what is no token ([2nd]), is too old, or is of another query (UNVERIFIED)
 */
export function readPageToken(
  token: string | undefined,
  jql: string,
  now: number,
): Position | undefined {
  if (token === undefined) return undefined;
  const parsed = tokenSchema.safeParse(jsonIn(token));
  const isGood =
    parsed.success && parsed.data.query === digestOf(jql) && now - parsed.data.at <= LIFETIME_MS;
  if (!isGood) throw refusal(400, [`The nextPageToken '${token}' is not valid.`]);
  return parsed.data.position;
}

function jsonIn(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    return undefined;
  }
}

const digestOf = (jql: string): string =>
  createHash('sha256').update(jql).digest('hex').slice(0, 16);
