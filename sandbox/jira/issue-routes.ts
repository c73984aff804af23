/** Issues: create, read, edit. */
import { z } from 'zod';
import { INVALID_PAYLOAD, JiraRefusal, refusal } from './errors';
import { getIssue, NO_SUCH_ISSUE, canSeeIssue } from './issue-access';
import { assignIssue } from './issue-assignment';
import { createIssue, transitionCreated } from './issue-creation';
import { deleteIssue } from './issue-deletion';
import { editIssue } from './issue-edit';
import { readIssueInput } from './issue-input';
import { COMMENTS_OF_MANY, fieldFilter, issueShape, type IssueParts } from './issue-shapes';
import type { JiraIssue } from './issue-store';
import { Answer, expandOf, flag, listOf, param, type Call, type Route } from './route';

/** Atlassian's OpenAPI description, "Bulk create issues". */
const MAX_CREATED = 50;

/** Atlassian's OpenAPI description, "Bulk fetch issues". */
const MAX_FETCHED = 100;
const MAX_PROPERTIES = 5;

export const issueRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/rest/api/3/issue',
    operationId: 'createIssue',
    scopes: ['write:jira-work'],
    takesBody: true,
    handle: (call) => new Answer(201, create(call, call.body)),
  },
  {
    method: 'POST',
    path: '/rest/api/3/issue/bulk',
    operationId: 'createIssues',
    scopes: ['write:jira-work'],
    takesBody: true,
    handle: createIssues,
  },
  {
    method: 'POST',
    path: '/rest/api/3/issue/bulkfetch',
    operationId: 'bulkFetchIssues',
    scopes: ['read:jira-work'],
    takesBody: true,
    handle: bulkFetch,
  },
  {
    method: 'GET',
    path: '/rest/api/3/issue/{issueIdOrKey}',
    operationId: 'getIssue',
    scopes: ['read:jira-work'],
    handle(call) {
      const { issue } = getIssue(call, param(call, 'issueIdOrKey'));
      return issueShape(call, issue, partsOf(call));
    },
  },
  {
    method: 'PUT',
    path: '/rest/api/3/issue/{issueIdOrKey}',
    operationId: 'editIssue',
    scopes: ['write:jira-work'],
    takesBody: true,
    handle(call) {
      const found = getIssue(call, param(call, 'issueIdOrKey'));
      const edited = editIssue(call, found, readIssueInput(call.body));
      if (!flag(call.query, 'returnIssue')) return new Answer(204);
      const parts = { ...ALL_FIELDS, expand: expandOf(call), properties: new Set<string>() };
      return issueShape(call, edited, parts);
    },
  },
  {
    method: 'DELETE',
    path: '/rest/api/3/issue/{issueIdOrKey}',
    operationId: 'deleteIssue',
    scopes: ['write:jira-work'],
    handle(call) {
      deleteIssue(call, getIssue(call, param(call, 'issueIdOrKey')));
      return new Answer(204);
    },
  },
  {
    method: 'PUT',
    path: '/rest/api/3/issue/{issueIdOrKey}/assignee',
    operationId: 'assignIssue',
    scopes: ['write:jira-work'],
    takesBody: true,
    handle(call) {
      assignIssue(call, getIssue(call, param(call, 'issueIdOrKey')));
      return new Answer(204);
    },
  },
];

const ALL_FIELDS = { fields: () => true };

function partsOf(call: Call): IssueParts {
  return {
    fields: fieldFilter(listOf(call.query, 'fields'), '*all'),
    expand: expandOf(call),
    properties: listOf(call.query, 'properties'),
  };
}

/** @throws JiraRefusal */
function create(call: Call, body: unknown) {
  const input = readIssueInput(body);
  const issue = createIssue(call, input);
  const transition = transitionCreated(call, issue, input);
  const { id, key } = issue;
  const self = `${call.site.baseUrl}/rest/api/3/issue/${id}`;
  return { id, key, self, ...(transition ? { transition } : {}) };
}

const bulkSchema = z.looseObject({ issueUpdates: z.array(z.unknown()) });

/** Each on its own: 201 where at least one was created. */
function createIssues(call: Call): unknown {
  const parsed = bulkSchema.safeParse(call.body);
  if (!parsed.success) throw refusal(400, [INVALID_PAYLOAD]);
  const { issueUpdates } = parsed.data;
  if (issueUpdates.length === 0 || issueUpdates.length > MAX_CREATED) {
    // UNVERIFIED: the description has no other form of 400 for this operation.
    const elementErrors = {
      errorMessages: [`1 to ${MAX_CREATED} issues can be created.`],
      errors: {},
    };
    const errors = [{ status: 400, elementErrors, failedElementNumber: 0 }];
    return new Answer(400, { issues: [], errors });
  }
  const issues: ReturnType<typeof create>[] = [];
  const errors: unknown[] = [];
  for (const [failedElementNumber, update] of issueUpdates.entries()) {
    try {
      issues.push(create(call, update));
    } catch (error) {
      if (!(error instanceof JiraRefusal) || error.response.status === 401) throw error;
      const elementErrors: unknown = JSON.parse(error.response.body ?? '{}');
      errors.push({ status: error.response.status, elementErrors, failedElementNumber });
    }
  }
  return new Answer(issues.length > 0 ? 201 : 400, { issues, errors });
}

const fetchSchema = z.strictObject({
  issueIdsOrKeys: z.array(z.string()),
  fields: z.array(z.string()).nullish(),
  fieldsByKeys: z.boolean().nullish(),
  expand: z.array(z.string()).nullish(),
  properties: z.array(z.string()).nullish(),
});

/** By ascending id. What cannot be seen is among the errors, by the id or key that it was asked by. */
function bulkFetch(call: Call): unknown {
  const parsed = fetchSchema.safeParse(call.body);
  if (!parsed.success) throw refusal(400, [INVALID_PAYLOAD]);
  const { issueIdsOrKeys, fields, expand, properties } = parsed.data;
  if (issueIdsOrKeys.length === 0 || issueIdsOrKeys.length > MAX_FETCHED) {
    throw refusal(400, [`1 to ${MAX_FETCHED} issues can be fetched at once.`]); // UNVERIFIED
  }
  if ((properties ?? []).length > MAX_PROPERTIES) {
    throw refusal(400, [`At most ${MAX_PROPERTIES} properties can be fetched.`]); // UNVERIFIED
  }
  const parts: IssueParts = {
    fields: fieldFilter(new Set((fields ?? []).flatMap((one) => one.split(','))), '*navigable'),
    expand: new Set(expand),
    properties: new Set(properties),
    maxComments: COMMENTS_OF_MANY,
  };
  const found = new Map<string, JiraIssue>();
  const issueErrors: { id: string; errorMessage: string }[] = [];
  for (const idOrKey of new Set(issueIdsOrKeys)) {
    const issue = call.store.issues.find(idOrKey);
    if (issue && canSeeIssue(call, issue)) found.set(issue.id, issue);
    else issueErrors.push({ id: idOrKey, errorMessage: NO_SUCH_ISSUE });
  }
  const issues = [...found.values()].sort((a, b) => Number(a.id) - Number(b.id));
  return {
    issues: issues.map((issue) => issueShape(call, issue, parts)),
    issueErrors,
  };
}
