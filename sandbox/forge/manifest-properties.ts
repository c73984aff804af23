/** The entity properties that an app wants to be indexed (Forge: Jira entity property). */
import { z } from 'zod';
import type { IndexedProperty } from '../jira/jira';

/** "All your jira:entityProperty modules combined can't declare more than 100 values"; an older page says 30. */
const MAX_VALUES = 30;

/** Strict: another entity, another type and an alias are what the platform has and the sandbox does not. */
const propertySchema = z.strictObject({
  key: z.string().regex(/^[a-zA-Z0-9_-]+$/),
  entityType: z.literal('issue').default('issue'),
  propertyKey: z.string().min(1).max(255),
  values: z.array(z.strictObject({ path: z.string().min(1).max(255), type: z.literal('string') })),
});

export const entityPropertiesSchema = z
  .array(propertySchema)
  .refine(
    (modules) => modules.flatMap(({ values }) => values).length <= MAX_VALUES,
    `an app indexes at most ${MAX_VALUES} values`,
  )
  .transform((modules) =>
    modules.map(({ propertyKey, values }): IndexedProperty => ({
      propertyKey,
      paths: values.map(({ path }) => path),
    })),
  );
