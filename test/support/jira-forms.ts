/** The forms of issues, and of what they consist of, in answers of Jira. */
import { z } from 'zod';

export const avatarUrls = z.looseObject({
  '16x16': z.url(),
  '24x24': z.url(),
  '32x32': z.url(),
  '48x48': z.url(),
});

export const user = z.looseObject({
  self: z.url(),
  accountId: z.string().min(1).max(128),
  accountType: z.enum(['atlassian', 'app', 'customer']),
  avatarUrls,
  displayName: z.string().min(1),
  active: z.boolean(),
  timeZone: z.string(),
});

export const numeric = z.string().regex(/^\d+$/);
export const key = z.string().regex(/^[A-Z][A-Z0-9]+-\d+$/);
export const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/);

/** As an issue names somebody: without a locale. */
export const userInField = user.extend({ locale: z.undefined().optional() });

export const named = z.looseObject({ self: z.url(), id: numeric, name: z.string().min(1) });

export const statusCategory = z.looseObject({
  self: z.url(),
  id: z.int(),
  key: z.enum(['new', 'indeterminate', 'done']),
  colorName: z.string(),
  name: z.string(),
});

export const status = named.extend({ description: z.string(), statusCategory });

export const issueType = named.extend({
  description: z.string(),
  iconUrl: z.url(),
  subtask: z.boolean(),
  hierarchyLevel: z.int(),
});

export const document = z.looseObject({ type: z.literal('doc'), version: z.literal(1) });

/** Fields of an issue: none need be there, but each has its form. */
export const issueFields = z.looseObject({
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
  comment: z.lazy(() => page.extend({ self: z.url(), comments: z.array(comment) })).optional(),
});

export const historyEntry = z.strictObject({
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

export const issue = z.looseObject({
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

/** An issue as a search gives it: its id alone, or with what was asked for. */
const foundIssue = z.union([
  z.strictObject({ id: numeric }),
  issue.extend({ fields: issueFields.partial().optional() }),
]);

export const parsedQuery = z
  .strictObject({
    query: z.string(),
    structure: z.looseObject({}).optional(),
    errors: z.array(z.string()).min(1).optional(),
    warnings: z.array(z.string()).min(1).optional(),
  })
  .refine(
    ({ structure, errors }) => structure !== undefined || errors !== undefined,
    'there is a structure, or what stands against it',
  );

export const searchResults = z
  .strictObject({
    issues: z.array(foundIssue),
    isLast: z.boolean(),
    nextPageToken: z.string().optional(),
    names: z.record(z.string(), z.string()).optional(),
    schema: z.record(z.string(), z.looseObject({ type: z.string() })).optional(),
  })
  .refine(
    ({ isLast, nextPageToken }) => isLast === (nextPageToken === undefined),
    'the last page has no token, and no other has none',
  );

export const comment = z.looseObject({
  self: z.url(),
  id: numeric,
  author: userInField,
  updateAuthor: userInField,
  body: document,
  created: instant,
  updated: instant,
  jsdPublic: z.boolean(),
  visibility: z
    .strictObject({
      type: z.enum(['role', 'group']),
      value: z.string().min(1),
      identifier: z.string().min(1),
    })
    .optional(),
  properties: z.array(z.strictObject({ key: z.string(), value: z.unknown() })).optional(),
  renderedBody: z.string().optional(),
});

export const createdIssue = z.strictObject({
  id: numeric,
  key,
  self: z.url(),
  transition: z
    .strictObject({
      status: z.int(),
      errorCollection: z.strictObject({
        errorMessages: z.array(z.string()),
        errors: z.record(z.string(), z.string()),
      }),
    })
    .optional(),
});

export const page = z.looseObject({ startAt: z.int(), maxResults: z.int(), total: z.int() });

/** A page with `values`, and where the next one is. */
export function pageOf(value: z.ZodType) {
  return page
    .extend({ self: z.url(), isLast: z.boolean(), values: z.array(value) })
    .refine(
      ({ isLast, nextPage }) => isLast === (nextPage === undefined),
      'nextPage is there exactly where isLast is false',
    );
}

export const fieldMetadata = z.looseObject({
  required: z.boolean(),
  schema: z.looseObject({ type: z.string() }),
  name: z.string(),
  key: z.string(),
  hasDefaultValue: z.boolean(),
  operations: z.array(z.string()).min(1),
  allowedValues: z.array(z.looseObject({ self: z.url(), id: numeric })).optional(),
});
