/**
 * What `app.storage.entities` of the manifest may declare. [2nd] is what Forge's server was seen to refuse at
 * lint, which no package checks; the limits are documented (Forge: Defining custom entities).
 */
import { z } from 'zod';

/** Forge: Defining custom entities, "20 custom entities" an app. */
const MAX_ENTITIES = 20;
/** Forge: Defining custom entities. */
const MAX_ATTRIBUTES = 50;
const MAX_INDEXES = 7;
/** Characters (Package: @forge/manifest, its schema and its StorageValidator). */
const ATTRIBUTE_NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,29}$/;
/** 3 to 50 characters of these ([2nd]: others are refused as too short, too long, non-allowed). */
const INDEX_NAME = /^[a-zA-Z0-9:._-]{3,50}$/;

/** The index that every entity has without declaring it (Forge: Key index). */
export const KEY_INDEX = 'by-key';

export const ENTITY_NAME_MIN = 3;
export const ENTITY_NAME_MAX = 60;
/** Package: @forge/manifest, its schema; the page on errors has a pattern without the underscore. */
export const ENTITY_NAME = /^(?![_.-])(?!.*\.{2})[a-z0-9:\-_.]*(?<![.])$/;

const attributeSchema = z.object({
  type: z.enum(['string', 'boolean', 'integer', 'float', 'any']),
});

const indexSchema = z.union([
  z.string(),
  z.object({
    name: z.string().regex(INDEX_NAME, 'an index name has 3 to 50 of the allowed characters'),
    partition: z.array(z.string()).default([]),
    // "This parameter can only have one attribute" (Forge: Custom indexes, range).
    range: z.array(z.string()).length(1, 'an index must include exactly one range attribute'),
  }),
]);

const entitySchema = z
  .object({
    name: z.string().min(ENTITY_NAME_MIN).max(ENTITY_NAME_MAX).regex(ENTITY_NAME),
    attributes: z.record(z.string().regex(ATTRIBUTE_NAME), attributeSchema),
    indexes: z.array(indexSchema).max(MAX_INDEXES).default([]),
  })
  .superRefine(({ attributes, indexes }, context) => {
    const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
    if (Object.keys(attributes).length > MAX_ATTRIBUTES) {
      refuse(`an entity has at most ${MAX_ATTRIBUTES} attributes`);
    }
    const names = indexes.map((index) => (typeof index === 'string' ? index : index.name));
    if (names.includes(KEY_INDEX)) refuse(`${KEY_INDEX} is a reserved index name`);
    if (new Set(names).size < names.length) refuse('index names must be unique');
    for (const index of indexes) {
      const used = typeof index === 'string' ? [index] : [...index.partition, ...index.range];
      for (const attribute of used) {
        const type = attributes[attribute]?.type;
        if (type === undefined) refuse(`an index names ${attribute}, which is no attribute`);
        // "All data types except any"; Forge's server was seen to let it pass at lint ([2nd]).
        if (type === 'any') refuse(`an index names ${attribute}, which is of the type any`);
      }
    }
  });

export const entitiesSchema = z
  .array(entitySchema)
  .max(MAX_ENTITIES, `an app has at most ${MAX_ENTITIES} custom entities`)
  .refine(
    (entities) => new Set(entities.map(({ name }) => name)).size === entities.length,
    'entity names must be unique',
  );
