/** How the key-value store says no: a status and `{ code, message }` (Forge: Error handling). */

/** Codes that Atlassian's pages name (Forge: Error handling for the KVS and the Custom Entity Store, KVS REST API). */
type DocumentedCode =
  | 'KEY_TOO_SHORT'
  | 'EMPTY_KEY'
  | 'KEY_TOO_LONG'
  | 'INVALID_KEY'
  | 'KEY_NOT_FOUND'
  | 'KEY_CONFLICT'
  | 'MAX_SIZE'
  | 'MAX_DEPTH'
  | 'ENTITY_TYPE_TOO_SHORT'
  | 'ENTITY_TYPE_TOO_LARGE'
  | 'INVALID_ENTITY_TYPE'
  | 'INVALID_ENTITY_VALUE'
  | 'INVALID_ENTITY_INDEX'
  | 'INVALID_KEY_POLICY_RETURN_VALUE_COMBINATION'
  | 'INVALID_TRANSACTION_REQUEST'
  | 'CONDITIONAL_CHECK_FAILED'
  | 'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE'
  | 'LIST_QUERY_LIMIT_EXCEEDED'
  | 'QUERY_WHERE_INVALID'
  | 'QUERY_WHERE_FIELD_INVALID'
  | 'EMPTY_FILTER_OPERATOR'
  | 'INVALID_FILTER_OPERATORS_COMBINATION'
  | 'INSUFFICIENT_FILTER_VALUES'
  | 'INVALID_FILTER_CONDITION'
  | 'INVALID_FILTER_VALUES'
  | 'RATE_LIMIT_EXCEEDED'
  | 'TOO_MANY_REQUESTS';

/** Codes that others have seen on real Forge [2nd]. */
type SeenCode =
  | 'SCHEMA_NOT_FOUND'
  | 'INCORRECT_PROPERTY_TYPE'
  | 'INVALID_TTL'
  | 'UNPROCESSABLE_ENTITY'
  | 'KEY_DUPLICATION_ERROR'
  | 'TOO_MANY_BATCH_ENTITIES'
  | 'REQUEST_THROTTLED';

/** UNVERIFIED: the refusal is documented or follows from the schema, its name is the sandbox's own. */
type OwnCode =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'INVALID_REQUEST'
  | 'INVALID_VALUE'
  | 'INVALID_CURSOR'
  | 'INVALID_PARTITION'
  | 'EMPTY_BATCH';

export type RefusalCode = DocumentedCode | SeenCode | OwnCode;

/** Thrown inside the store, answered as an HTTP response by `KeyValueService.handle`. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** The wording of the refusals below is what others have seen on real Forge [2nd]. */
export const keyNotFound = (): Refusal =>
  new Refusal('KEY_NOT_FOUND', 'Provided key does not exist', 404);

export const keyConflict = (): Refusal =>
  new Refusal('KEY_CONFLICT', 'Provided key already exists and cannot be overwritten', 409);

export const duplicateKey = (): Refusal =>
  new Refusal('KEY_DUPLICATION_ERROR', 'Duplicate key found in request');

export const conditionFailed = (): Refusal =>
  new Refusal(
    'CONDITIONAL_CHECK_FAILED',
    'Request failed due to conditional check specified or optimistic locking',
  );
