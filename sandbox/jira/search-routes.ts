/** Searching issues by JQL, counting them, and asking which of some a query finds. */
import { z } from 'zod';
import { INVALID_PAYLOAD, refusal } from './errors';
import { canSeeIssue } from './issue-access';
import type { JiraIssue } from './issue-store';
import { JqlFault } from './jql-field';
import { readJql, type JqlQuery } from './jql-query';
import type { Call, Route } from './route';
import { foundShape, readSearchParts } from './search-parts';
import { readPageToken, writePageToken } from './search-token';

/** Jira: search and reconcile, "API can accept a maximum of 50 reconcile issues". */
const MAX_RECONCILED = 50;

/** "It returns max 5000 issues" (OpenAPI description); that more is refused is [2nd]. */
const MAX_RESULTS = 5_000;
const DEFAULT_RESULTS = 50;

/** "API may return fewer items per page where a large number of fields are requested"; how many is [2nd]. */
const MAX_WITH_FIELDS = 100;

/** OpenAPI description, "Check issues against JQL": there is a limit, but not which (UNVERIFIED). */
const MAX_MATCHED_ISSUES = 1_000;
const MAX_MATCHED_QUERIES = 100;

export const searchRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/rest/api/3/search/jql',
    operationId: 'searchAndReconsileIssuesUsingJqlPost',
    scopes: ['read:jira-work'],
    takesBody: true,
    handle: (call) => search(call, parsed(searchSchema, call.body)),
  },
  {
    method: 'GET',
    path: '/rest/api/3/search/jql',
    operationId: 'searchAndReconsileIssuesUsingJql',
    scopes: ['read:jira-work'],
    handle: (call) => search(call, parsed(searchSchema, searchInQuery(call.query))),
  },
  {
    method: 'POST',
    path: '/rest/api/3/search/approximate-count',
    operationId: 'countIssues',
    scopes: ['read:jira-work'],
    takesBody: true,
    handle(call) {
      const { jql } = parsed(countSchema, call.body);
      return { count: found(call, readBounded(call, jql ?? '')).length };
    },
  },
  {
    method: 'POST',
    path: '/rest/api/3/jql/match',
    operationId: 'matchIssues',
    scopes: ['read:jira-work'],
    takesBody: true,
    handle: matchIssues,
  },
];

const searchSchema = z.strictObject({
  jql: z.string().nullish(),
  maxResults: z.int().nullish(),
  nextPageToken: z.string().nullish(),
  fields: z.array(z.string()).nullish(),
  properties: z.array(z.string()).nullish(),
  expand: z.string().nullish(),
  // In this Jira the keys of fields are their ids.
  fieldsByKeys: z.boolean().nullish(),
  reconcileIssues: z.array(z.int()).nullish(),
});

const countSchema = z.strictObject({ jql: z.string().nullish() });

const matchSchema = z.strictObject({
  issueIds: z.array(z.int()).max(MAX_MATCHED_ISSUES),
  jqls: z.array(z.string()).max(MAX_MATCHED_QUERIES),
});

/** @throws JiraRefusal 400 for a body of another form, and for what it does not know ([2nd]) */
function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success) throw refusal(400, [INVALID_PAYLOAD]);
  return result.data;
}

/** The parameters of `GET` in the form of the body of `POST`; unknown ones mean nothing, as everywhere. */
function searchInQuery(query: URLSearchParams): unknown {
  const all = (name: string) =>
    query.has(name) ? query.getAll(name).flatMap((value) => value.split(',')) : undefined;
  const numberOf = (value: string) => (/^-?\d+$/.test(value) ? Number(value) : value);
  const maxResults = query.get('maxResults');
  return {
    jql: query.get('jql'),
    maxResults: maxResults === null ? null : numberOf(maxResults),
    nextPageToken: query.get('nextPageToken'),
    fields: all('fields'),
    properties: all('properties'),
    expand: query.get('expand'),
    reconcileIssues: all('reconcileIssues')?.map(numberOf),
  };
}

/** @throws JiraRefusal 400 */
function search(call: Call, request: z.infer<typeof searchSchema>): unknown {
  const jql = request.jql ?? '';
  const after = readPageToken(request.nextPageToken ?? undefined, jql, call.clock.now());
  const maxResults = request.maxResults ?? DEFAULT_RESULTS;
  if (maxResults < 1 || maxResults > MAX_RESULTS) {
    throw refusal(400, [`The value of 'maxResults' must be from 1 to ${MAX_RESULTS}.`]);
  }
  const reconciled = request.reconcileIssues ?? [];
  if (reconciled.length > MAX_RECONCILED) {
    throw refusal(400, [`At most ${MAX_RECONCILED} issues can be reconciled.`]); // UNVERIFIED
  }
  const query = readBounded(call, jql);
  const parts = readSearchParts(request);
  const ordered = found(call, query, new Set(reconciled.map(String)))
    .map((issue) => ({ issue, position: query.position(issue) }))
    .sort((one, other) => query.compare(one.position, other.position))
    .filter(({ position }) => after === undefined || query.compare(position, after) > 0);
  const page = ordered.slice(0, parts.isSmall ? maxResults : Math.min(maxResults, MAX_WITH_FIELDS));
  const last = page.at(-1);
  const isLast = last === undefined || page.length === ordered.length;
  return {
    ...foundShape(
      call,
      page.map(({ issue }) => issue),
      parts,
    ),
    ...(isLast ? {} : { nextPageToken: writePageToken(last.position, jql, call.clock.now()) }),
    isLast,
  };
}

/** @throws JiraRefusal 400 (Jira's own words of an unbounded query are [2nd]) */
function readBounded(call: Call, jql: string): JqlQuery {
  try {
    const query = readJql(jql, call, call.clock.now());
    if (query.isBounded) return query;
  } catch (error) {
    if (error instanceof JqlFault) throw refusal(400, error.messages);
    throw error;
  }
  throw refusal(400, [
    'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
  ]);
}

/**
 * What the search sees, which may be old. Whoever cannot see an issue any more does not find it (UNVERIFIED:
 * the stricter reading).
 */
function found(call: Call, query: JqlQuery, reconciled?: ReadonlySet<string>): JiraIssue[] {
  return call.store.issues.seenBySearches(reconciled).filter((issue) => {
    const now = call.store.issues.find(issue.id);
    return canSeeIssue(call, issue) && (!now || canSeeIssue(call, now)) && query.matches(issue);
  });
}

/**
 * For each query the ids that it finds, in the order of the request. No page says that recent changes count
 * here, so they are late as in the other two (UNVERIFIED).
 */
function matchIssues(call: Call): unknown {
  const { issueIds, jqls } = parsed(matchSchema, call.body);
  const matches = jqls.map((jql) => {
    try {
      const ids = new Set(found(call, readJql(jql, call, call.clock.now())).map(({ id }) => id));
      return {
        matchedIssues: [...new Set(issueIds)].filter((id) => ids.has(String(id))),
        errors: [],
      };
    } catch (error) {
      if (!(error instanceof JqlFault)) throw error;
      // The description's example says no more of what is wrong.
      return { matchedIssues: [], errors: [`Invalid JQL: ${jql}`] };
    }
  });
  return { matches };
}
