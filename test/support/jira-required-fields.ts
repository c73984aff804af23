/**
 * Fields that must be in an answer of Jira, whatever its OpenAPI description leaves open. Each is in that
 * description's own examples or in its text.
 */
import { z } from 'zod';

const avatarUrls = z.looseObject({
  '16x16': z.url(),
  '24x24': z.url(),
  '32x32': z.url(),
  '48x48': z.url(),
});

const user = z.looseObject({
  self: z.url(),
  accountId: z.string().min(1).max(128),
  accountType: z.enum(['atlassian', 'app', 'customer']),
  avatarUrls,
  displayName: z.string().min(1),
  active: z.boolean(),
  timeZone: z.string(),
});

const list = z.looseObject({ size: z.int(), items: z.array(z.unknown()) });

const userInDetail = user.extend({ groups: list, applicationRoles: list, expand: z.string() });

const permission = z.looseObject({
  key: z.string(),
  name: z.string(),
  type: z.enum(['GLOBAL', 'PROJECT']),
  description: z.string(),
});

const projectPage = z.looseObject({
  self: z.url(),
  startAt: z.int(),
  maxResults: z.int(),
  total: z.int(),
  isLast: z.boolean(),
  values: z.array(
    z.looseObject({
      self: z.url(),
      id: z.string().regex(/^\d+$/),
      key: z.string().regex(/^[A-Z][A-Z0-9]+$/),
      name: z.string().min(1),
      avatarUrls,
      projectTypeKey: z.string(),
      simplified: z.boolean(),
      style: z.string(),
      isPrivate: z.boolean(),
    }),
  ),
});

const numeric = z.string().regex(/^\d+$/);
const key = z.string().regex(/^[A-Z][A-Z0-9]+-\d+$/);
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/);

/** As an issue names somebody: without a locale. */
const userInField = user.extend({ locale: z.undefined().optional() });

const named = z.looseObject({ self: z.url(), id: numeric, name: z.string().min(1) });

const statusCategory = z.looseObject({
  self: z.url(),
  id: z.int(),
  key: z.enum(['new', 'indeterminate', 'done']),
  colorName: z.string(),
  name: z.string(),
});

const status = named.extend({ description: z.string(), statusCategory });

const issueType = named.extend({
  description: z.string(),
  iconUrl: z.url(),
  subtask: z.boolean(),
  hierarchyLevel: z.int(),
});

const document = z.looseObject({ type: z.literal('doc'), version: z.literal(1) });

/** Fields of an issue: none need be there, but each has its form. */
const issueFields = z.looseObject({
  summary: z.string().min(1).optional(),
  issuetype: issueType.optional(),
  project: named.extend({ key: z.string(), avatarUrls, simplified: z.boolean() }).optional(),
  status: status.optional(),
  priority: named.nullable().optional(),
  resolution: named.nullable().optional(),
  description: document.nullable().optional(),
  environment: document.nullable().optional(),
  labels: z.array(z.string()).optional(),
  components: z.array(named).optional(),
  versions: z.array(named.extend({ archived: z.boolean(), released: z.boolean() })).optional(),
  fixVersions: z.array(named.extend({ archived: z.boolean(), released: z.boolean() })).optional(),
  duedate: z.iso.date().nullable().optional(),
  assignee: userInField.nullable().optional(),
  reporter: userInField.nullable().optional(),
  creator: userInField.optional(),
  created: instant.optional(),
  updated: instant.optional(),
  parent: z.looseObject({ id: numeric, key, self: z.url(), fields: z.looseObject({}) }).optional(),
  subtasks: z.array(z.looseObject({ id: numeric, key, self: z.url() })).optional(),
});

const historyEntry = z.strictObject({
  id: numeric,
  author: userInField,
  created: instant,
  items: z
    .array(
      z.looseObject({
        field: z.string(),
        fieldtype: z.enum(['jira', 'custom']),
        fieldId: z.string().optional(),
        from: z.string().nullable(),
        fromString: z.string().nullable(),
        to: z.string().nullable(),
        toString: z.string().nullable(),
      }),
    )
    .min(1),
});

const issue = z.looseObject({
  expand: z.string(),
  id: numeric,
  self: z.url(),
  key,
  fields: issueFields,
  changelog: z
    .strictObject({
      startAt: z.literal(0),
      maxResults: z.int(),
      total: z.int(),
      histories: z.array(historyEntry).max(40),
    })
    .optional(),
});

const createdIssue = z.strictObject({ id: numeric, key, self: z.url() });

const noBody = z.undefined();

/**
 * What an answer has at least, by `METHOD path`, or by `METHOD path status` where it depends on that.
 */
export const requiredInAnswer: Record<string, z.ZodType> = {
  'GET /rest/api/3/myself': userInDetail.extend({ locale: z.string() }),
  'GET /rest/api/3/user': userInDetail,
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
  'GET /rest/api/3/project/search': projectPage.refine(
    ({ isLast, nextPage }) => isLast === (nextPage === undefined),
    'nextPage is there exactly where isLast is false',
  ),
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
