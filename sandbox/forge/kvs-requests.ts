/** What `@forge/kvs` sends, as schemas: the bodies of the store's REST API (Forge: KVS REST API). */
import { z } from 'zod';
import { Refusal } from './kvs-refusal';

const metadataField = z.enum(['CREATED_AT', 'UPDATED_AT', 'EXPIRE_TIME']);
export type MetadataField = z.infer<typeof metadataField>;

const readOptions = z.object({ metadataFields: z.array(metadataField).optional() });

// What is judged later, with a code of its own. Zod takes `z.unknown()` alone for a required property.
const judgedLater = z.unknown().optional();

const ttl = z.object({ value: judgedLater, unit: judgedLater });
export type Ttl = z.infer<typeof ttl>;

const setOptions = z.object({
  ttl: ttl.optional(),
  keyPolicy: z.enum(['OVERRIDE', 'FAIL_IF_EXISTS']).optional(),
  returnValue: z.enum(['PREVIOUS', 'LATEST']).optional(),
  returnMetadataFields: z.array(metadataField).optional(),
});
export type SetOptions = z.infer<typeof setOptions>;

/**
 * In a batch and in a transaction only a time to live can be given; a key policy there is refused
 * rather than ignored ([2nd]: the REST schema allows no further properties).
 */
const ttlOnly = z.strictObject({ ttl: ttl.optional() });

const entity = { entityName: z.string() };
const key = { key: judgedLater };
const value = { value: judgedLater };

export const readRequest = z.object({ ...key, options: readOptions.optional() });
export const writeRequest = z.object({ ...key, ...value, options: setOptions.optional() });
export const deleteRequest = z.object(key);
export const entityReadRequest = readRequest.extend(entity);
export const entityWriteRequest = writeRequest.extend(entity);
export const entityDeleteRequest = deleteRequest.extend(entity);

/** One condition on one attribute, in a filter, in a transaction, or (without property) on a range. */
const comparison = z.object({ condition: z.string(), values: z.array(z.unknown()) });
export type Comparison = z.infer<typeof comparison>;
const clause = comparison.extend({ property: z.string() });
export type Clause = z.infer<typeof clause>;
const clauses = z.strictObject({
  and: z.array(clause).optional(),
  or: z.array(clause).optional(),
});
/** As sent: `and` or `or`, one of them. `readFilter` turns it into what is evaluated. */
export type Clauses = z.infer<typeof clauses>;

export const queryRequest = z.object({
  limit: judgedLater,
  after: judgedLater,
  where: z.array(clause).optional(),
  options: readOptions.optional(),
});
export type QueryRequest = z.infer<typeof queryRequest>;

export const entityQueryRequest = z.object({
  ...entity,
  indexName: z.string(),
  partition: z.array(z.unknown()).optional(),
  range: comparison.optional(),
  filters: clauses.optional(),
  sort: z.enum(['ASC', 'DESC']).optional(),
  limit: judgedLater,
  cursor: judgedLater,
  options: readOptions.optional(),
});
export type EntityQueryRequest = z.infer<typeof entityQueryRequest>;

const maybeEntity = { entityName: z.string().optional() };
export const batchSetRequest = z.array(
  z.object({ ...key, ...value, ...maybeEntity, options: ttlOnly.optional() }),
);
export const batchGetRequest = z.array(
  z.object({ ...key, ...maybeEntity, options: readOptions.optional() }),
);
export const batchDeleteRequest = z.array(z.object({ ...key, ...maybeEntity }));

const conditions = { conditions: clauses.optional() };
export const transactionRequest = z.strictObject({
  set: z
    .array(
      z.strictObject({
        ...key,
        ...value,
        ...maybeEntity,
        ...conditions,
        options: ttlOnly.optional(),
      }),
    )
    .optional(),
  delete: z.array(z.strictObject({ ...key, ...maybeEntity, ...conditions })).optional(),
  check: z.array(z.strictObject({ ...key, ...maybeEntity, ...conditions })).optional(),
});
export type TransactionRequest = z.infer<typeof transactionRequest>;

/** Checks a body's shape. Throws INVALID_REQUEST (UNVERIFIED code) where the SDK could not have sent it. */
export function parseRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Refusal('INVALID_REQUEST', z.prettifyError(parsed.error));
}
