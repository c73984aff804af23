/** As much of Jira's answers as the pages of issues show. */
import { z } from 'zod';

const named = z.looseObject({ id: z.string(), name: z.string() });

export const person = z.looseObject({
  accountId: z.string(),
  displayName: z.string(),
  active: z.boolean(),
  accountType: z.string(),
});

export type Person = z.infer<typeof person>;

export const found = z.looseObject({
  issues: z.array(
    z.looseObject({
      id: z.string(),
      key: z.string(),
      fields: z.looseObject({
        summary: z.string(),
        issuetype: named,
        status: named,
        assignee: person.nullish(),
        updated: z.string(),
      }),
    }),
  ),
  nextPageToken: z.string().optional(),
});

export type Found = z.infer<typeof found>;

export const issueTypes = z.looseObject({ issueTypes: z.array(named) });

/** A field that can be set. */
export const fieldMeta = z.looseObject({
  key: z.string(),
  name: z.string(),
  required: z.boolean(),
  hasDefaultValue: z.boolean(),
  schema: z.looseObject({
    type: z.string(),
    system: z.string().optional(),
    custom: z.string().optional(),
  }),
  allowedValues: z
    .array(
      z.looseObject({
        id: z.string(),
        name: z.string().optional(),
        value: z.string().optional(),
      }),
    )
    .optional(),
});

export type FieldMeta = z.infer<typeof fieldMeta>;

export const createFields = z.looseObject({ fields: z.array(fieldMeta) });

const fieldsByKey = z.record(z.string(), fieldMeta);

export const editMeta = z.looseObject({ fields: fieldsByKey });

export const transitions = z.looseObject({
  transitions: z.array(named.extend({ to: named, fields: fieldsByKey })),
});

export type TransitionChoice = z.infer<typeof transitions>['transitions'][number];

export const issue = z.looseObject({
  id: z.string(),
  key: z.string(),
  fields: z.record(z.string(), z.unknown()),
  names: z.record(z.string(), z.string()),
  properties: z.record(z.string(), z.unknown()),
  changelog: z.looseObject({
    total: z.number(),
    histories: z.array(
      z.looseObject({
        id: z.string(),
        author: person.optional(),
        created: z.string(),
        items: z.array(
          z.looseObject({
            field: z.string(),
            fromString: z.string().nullable(),
            toString: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
});

export type Issue = z.infer<typeof issue>;

export const comment = z.looseObject({
  id: z.string(),
  author: person,
  updateAuthor: person,
  created: z.string(),
  updated: z.string(),
  body: z.unknown(),
  visibility: z.looseObject({ type: z.string(), value: z.string() }).optional(),
});

export type Comment = z.infer<typeof comment>;

export const comments = z.looseObject({ total: z.number(), comments: z.array(comment) });
