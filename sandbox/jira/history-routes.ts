/** The history of issues: what changed, when, by whom. */
import { z } from 'zod';
import { INVALID_PAYLOAD, refusal } from './errors';
import { canSeeIssue, getIssue } from './issue-access';
import { historyShape } from './issue-shapes';
import { pageOf, pagedAnswer, param, type Call, type Route } from './route';

const PAGE = { default: 100, maximum: 100 };

export const historyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/rest/api/3/issue/{issueIdOrKey}/changelog',
    operationId: 'getChangeLogs',
    scopes: ['read:jira-work'],
    // Oldest first, other than where the history comes with an issue.
    handle(call) {
      const { issue } = getIssue(call, param(call, 'issueIdOrKey'));
      const entries = call.store.issues.history(issue.id);
      const path = `issue/${issue.key}/changelog`;
      return pagedAnswer(call, path, entries, pageOf(call, PAGE), (entry) =>
        historyShape(call, entry),
      );
    },
  },
  {
    method: 'POST',
    path: '/rest/api/3/changelog/bulkfetch',
    operationId: 'getBulkChangelogs',
    scopes: ['read:jira-work'],
    takesBody: true,
    handle: bulkHistories,
  },
];

const bulkSchema = z.strictObject({
  issueIdsOrKeys: z.array(z.string()).min(1).max(1_000),
  fieldIds: z.array(z.string()).max(10).nullish(),
  maxResults: z.int().min(1).max(10_000).default(1_000),
  nextPageToken: z.string().nullish(),
});

/**
 * By issue id, oldest first; `maxResults` counts entries of the history. What cannot be seen is left out.
 * With `fieldIds` an entry has the items of these fields only (UNVERIFIED).
 */
function bulkHistories(call: Call): unknown {
  const parsed = bulkSchema.safeParse(call.body);
  if (!parsed.success) throw refusal(400, [INVALID_PAYLOAD]);
  const { issueIdsOrKeys, fieldIds, maxResults, nextPageToken } = parsed.data;
  const start = offsetOf(nextPageToken ?? undefined);
  const wants = (fieldId: string | undefined): boolean =>
    !fieldIds?.length || (fieldId !== undefined && fieldIds.includes(fieldId));
  const ids = new Set(
    issueIdsOrKeys.flatMap((idOrKey) => {
      const issue = call.store.issues.find(idOrKey);
      return issue && canSeeIssue(call, issue) ? [issue.id] : [];
    }),
  );
  const all = [...ids]
    .sort((a, b) => Number(a) - Number(b))
    .flatMap((issueId) => call.store.issues.history(issueId).map((entry) => ({ issueId, entry })))
    .map(({ issueId, entry }) => ({
      issueId,
      entry: { ...entry, items: entry.items.filter(({ fieldId }) => wants(fieldId)) },
    }))
    .filter(({ entry }) => entry.items.length > 0);
  const page = all.slice(start, start + maxResults);
  const end = start + page.length;
  return {
    issueChangeLogs: [...new Set(page.map(({ issueId }) => issueId))].map((issueId) => ({
      issueId,
      changeHistories: page
        .filter((one) => one.issueId === issueId)
        .map(({ entry }) => historyShape(call, entry)),
    })),
    ...(end < all.length ? { nextPageToken: tokenOf(end) } : {}),
  };
}

const tokenOf = (offset: number): string => Buffer.from(`history:${offset}`).toString('base64url');

/** @throws JiraRefusal 400 */
function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const offset = /^history:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (offset === undefined) throw refusal(400, ['The nextPageToken is not valid.']);
  return Number(offset);
}
