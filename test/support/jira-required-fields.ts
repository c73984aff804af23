/**
 * Fields that must be in an answer of Jira, whatever its OpenAPI description leaves open. Each is in that
 * description's own examples or in its text.
 */
import { z } from 'zod';
import {
  avatarUrls,
  comment,
  createdIssue,
  fieldMetadata,
  historyEntry,
  issue,
  issueType,
  named,
  numeric,
  page,
  pageOf,
  parsedQuery,
  searchResults,
  status,
  statusCategory,
  user,
  userInField,
} from './jira-forms';

const list = z.looseObject({ size: z.int(), items: z.array(z.unknown()) });

const userInDetail = user.extend({ groups: list, applicationRoles: list, expand: z.string() });

const permission = z.looseObject({
  key: z.string(),
  name: z.string(),
  type: z.enum(['GLOBAL', 'PROJECT']),
  description: z.string(),
});

const projectInList = z.looseObject({
  self: z.url(),
  id: z.string().regex(/^\d+$/),
  key: z.string().regex(/^[A-Z][A-Z0-9]+$/),
  name: z.string().min(1),
  avatarUrls,
  projectTypeKey: z.string(),
  simplified: z.boolean(),
  style: z.string(),
  isPrivate: z.boolean(),
});

const component = named.extend({ project: z.string(), projectId: z.int() });

const version = named.extend({
  archived: z.boolean(),
  released: z.boolean(),
  projectId: z.int(),
});

const propertyKeys = z.strictObject({
  keys: z.array(z.strictObject({ self: z.url(), key: z.string() })),
});

const property = z.strictObject({ key: z.string(), value: z.unknown() });

const noBody = z.undefined();

/**
 * What an answer has at least, by `METHOD path`, or by `METHOD path status` where it depends on that.
 */
export const requiredInAnswer: Record<string, z.ZodType> = {
  'GET /rest/api/3/myself': userInDetail.extend({ locale: z.string() }),
  'GET /rest/api/3/user': userInDetail,
  'GET /rest/api/3/user/bulk': pageOf(user),
  'GET /rest/api/3/user/search': z.array(user),
  'GET /rest/api/3/users/search': z.array(user),
  'GET /rest/api/3/permissions': z.strictObject({
    permissions: z.record(z.string(), permission),
  }),
  'GET /rest/api/3/mypermissions': z.strictObject({
    permissions: z.record(
      z.string(),
      permission.extend({ id: z.string(), havePermission: z.boolean() }),
    ),
  }),
  'POST /rest/api/3/permissions/check': z.strictObject({
    globalPermissions: z.array(z.string()),
    projectPermissions: z.array(
      z.strictObject({
        permission: z.string(),
        issues: z.array(z.int()),
        projects: z.array(z.int()),
      }),
    ),
  }),
  'GET /rest/api/3/project/search': pageOf(projectInList),
  'POST /rest/api/3/issue': createdIssue,
  'POST /rest/api/3/issue/bulk 201': z.strictObject({
    issues: z.array(createdIssue).min(1),
    errors: z.array(z.looseObject({ status: z.int(), failedElementNumber: z.int() })),
  }),
  'POST /rest/api/3/issue/bulk 400': z.strictObject({
    issues: z.array(createdIssue).max(0),
    errors: z
      .array(
        z.strictObject({
          status: z.int(),
          elementErrors: z.lazy(() => errorCollection),
          failedElementNumber: z.int(),
        }),
      )
      .min(1),
  }),
  'POST /rest/api/3/issue/bulkfetch': z.looseObject({
    issues: z.array(issue),
    issueErrors: z.array(z.strictObject({ id: z.string(), errorMessage: z.string() })),
  }),
  'GET /rest/api/3/issue/{issueIdOrKey}': issue,
  'PUT /rest/api/3/issue/{issueIdOrKey} 200': issue,
  'PUT /rest/api/3/issue/{issueIdOrKey} 204': noBody,
  'DELETE /rest/api/3/issue/{issueIdOrKey}': noBody,
  'PUT /rest/api/3/issue/{issueIdOrKey}/assignee': noBody,
  'GET /rest/api/3/issue/{issueIdOrKey}/editmeta': z.strictObject({
    fields: z.record(z.string(), fieldMetadata),
  }),
  'GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes': page.extend({
    issueTypes: z.array(issueType),
  }),
  'GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}': page.extend({
    fields: z.array(fieldMetadata.extend({ fieldId: z.string() })),
  }),
  'GET /rest/api/3/issue/{issueIdOrKey}/changelog': pageOf(historyEntry),
  'POST /rest/api/3/changelog/bulkfetch': z.looseObject({
    issueChangeLogs: z.array(
      z.strictObject({ issueId: numeric, changeHistories: z.array(historyEntry).min(1) }),
    ),
  }),
  'GET /rest/api/3/issue/{issueIdOrKey}/properties': propertyKeys,
  'GET /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}': property,
  'PUT /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}': z.strictObject({}),
  'DELETE /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}': noBody,
  'GET /rest/api/3/issue/{issueIdOrKey}/comment': page.extend({ comments: z.array(comment) }),
  'POST /rest/api/3/issue/{issueIdOrKey}/comment': comment,
  'GET /rest/api/3/issue/{issueIdOrKey}/comment/{id}': comment,
  'PUT /rest/api/3/issue/{issueIdOrKey}/comment/{id}': comment,
  'DELETE /rest/api/3/issue/{issueIdOrKey}/comment/{id}': noBody,
  'POST /rest/api/3/comment/list': pageOf(comment),
  'GET /rest/api/3/comment/{commentId}/properties': propertyKeys,
  'GET /rest/api/3/comment/{commentId}/properties/{propertyKey}': property,
  'PUT /rest/api/3/comment/{commentId}/properties/{propertyKey}': z.strictObject({}),
  'DELETE /rest/api/3/comment/{commentId}/properties/{propertyKey}': noBody,
  'GET /rest/api/3/issue/{issueIdOrKey}/transitions': z.strictObject({
    expand: z.literal('transitions'),
    transitions: z.array(
      z.looseObject({
        id: numeric,
        name: z.string(),
        to: status,
        hasScreen: z.boolean(),
        isGlobal: z.boolean(),
        isInitial: z.boolean(),
        isAvailable: z.boolean(),
        isConditional: z.boolean(),
        fields: z.record(z.string(), fieldMetadata).optional(),
      }),
    ),
  }),
  'POST /rest/api/3/issue/{issueIdOrKey}/transitions': noBody,
  'GET /rest/api/3/search/jql': searchResults,
  'POST /rest/api/3/search/jql': searchResults,
  'POST /rest/api/3/search/approximate-count': z.strictObject({ count: z.int().min(0) }),
  'POST /rest/api/3/jql/match': z.strictObject({
    matches: z.array(
      z.strictObject({ matchedIssues: z.array(z.int()), errors: z.array(z.string()) }),
    ),
  }),
  'POST /rest/api/3/jql/parse': z.strictObject({
    queries: z.array(parsedQuery).min(1),
  }),
  'GET /rest/api/3/field': z.array(
    z.looseObject({
      id: z.string(),
      key: z.string(),
      name: z.string(),
      custom: z.boolean(),
      orderable: z.boolean(),
      navigable: z.boolean(),
      searchable: z.boolean(),
      clauseNames: z.array(z.string()),
      schema: z.looseObject({ type: z.string() }),
    }),
  ),
  'GET /rest/api/3/priority': z.array(
    named.extend({ statusColor: z.string(), description: z.string(), iconUrl: z.url() }),
  ),
  'GET /rest/api/3/status': z.array(status),
  'GET /rest/api/3/statuscategory': z.array(statusCategory),
  'GET /rest/api/3/issuetype': z.array(issueType),
  'GET /rest/api/3/issuetype/project': z.array(issueType),
  'GET /rest/api/3/resolution': z.array(named.extend({ description: z.string() })),
  'GET /rest/api/3/label': pageOf(z.string()),
  'GET /rest/api/3/project/{projectIdOrKey}': named.extend({
    key: z.string(),
    description: z.string(),
    lead: userInField,
    components: z.array(component),
    issueTypes: z.array(issueType),
    versions: z.array(version),
    roles: z.record(z.string(), z.url()),
    avatarUrls,
    projectTypeKey: z.string(),
    simplified: z.boolean(),
  }),
  'GET /rest/api/3/project/{projectIdOrKey}/statuses': z.array(
    named.extend({ subtask: z.boolean(), statuses: z.array(status) }),
  ),
  'GET /rest/api/3/project/{projectIdOrKey}/components': z.array(component),
  'GET /rest/api/3/project/{projectIdOrKey}/versions': z.array(version),
  'GET /rest/api/3/component/{id}': component,
  'POST /rest/api/3/component': component,
  'GET /rest/api/3/version/{id}': version,
  'POST /rest/api/3/version': version,
  'GET /rest/api/3/serverInfo': z.looseObject({
    baseUrl: z.url(),
    displayUrl: z.url(),
    version: z.string(),
    versionNumbers: z.array(z.int()),
    deploymentType: z.literal('Cloud'),
    buildNumber: z.int(),
    buildDate: z.string(),
    serverTime: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/),
    scmInfo: z.string(),
    serverTitle: z.string(),
    serverTimeZone: z.string(),
  }),
};

const errorCollection = z.strictObject({
  errorMessages: z.array(z.string().min(1)),
  errors: z.record(z.string(), z.string().min(1)),
});

/** What Jira sends with an error status. */
export function requiredInError(status: number, body: string | undefined): z.ZodType {
  if (status === 401) return z.union([z.string().min(1), errorCollection]);
  if (status === 405 || status === 415) return z.undefined();
  // The REST framework's own 404, for a path that no resource has.
  if (status === 404 && body?.includes('null for uri')) {
    return z.strictObject({ message: z.string(), 'status-code': z.literal(404) });
  }
  return errorCollection.refine(
    ({ errorMessages, errors }) => errorMessages.length + Object.keys(errors).length > 0,
    'an error says what is wrong',
  );
}

/** Statuses that Jira answers though the description does not list them. */
export const undocumented: Record<string, number[]> = {
  // [2nd]: "The 'accountId' query parameter needs to be provided."
  'GET /rest/api/3/user': [400],
  'GET /rest/api/3/search': [410],
  'POST /rest/api/3/search': [410],
  // A body that is not JSON.
  'POST /rest/api/3/permissions/check': [415],
};
