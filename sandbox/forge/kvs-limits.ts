/**
 * The key-value store's limits, each with its source. "Forge:" names the page of Atlassian's platform
 * documentation; what no page says is marked UNVERIFIED.
 */

/** Keys of all three stores (Forge: KVS limits; Defining custom entities). */
export const KEY_PATTERN = /^(?!\s+$)[a-zA-Z0-9:._\s\-#]+$/;
/** Characters (Forge: KVS limits). */
export const KEY_MAX_LENGTH = 500;

/** Bytes of a value as JSON text, plain or entity (Forge: KVS limits, "240 KiB in RAW"). */
export const VALUE_MAX_BYTES = 240 * 1024;
/** Bytes of a secret (Forge: Encrypting stored data, "up to 128 KiB"; KVS limits says 240, we take the less). */
export const SECRET_MAX_BYTES = 128 * 1024;
/** Levels of objects and arrays in a value (Forge: KVS limits; the error's own text says 32). */
export const VALUE_MAX_DEPTH = 31;

/** A transaction's operations (Forge: Transactions) and a batch's items (Forge: Batch operations). */
export const TRANSACTION_MAX_OPERATIONS = 25;
export const BATCH_MAX_ITEMS = 25;
/** Bytes of a whole request (Forge: Transactions; Batch operations, "4 MB"; which megabyte is UNVERIFIED). */
export const PAYLOAD_MAX_BYTES = 4_000_000;

/** Results of a query's page (Forge: Querying, "10 by default"). */
export const PAGE_DEFAULT = 10;
/** Of an entity's index (Forge: Error handling, "between 1 and 100"). */
export const PAGE_MAX = 100;
/**
 * Of the plain keys: Forge: Querying key-value pairs has "a maximum of 100", Error handling "below 100": the stricter reading, and
 * one app reports that 100 is refused ([2nd]). The example of the former page still has 20, an older limit.
 */
export const KEYS_PAGE_MAX = PAGE_MAX - 1;
/** Conditions of one entity query (Forge: Complex queries, [2nd]). */
export const QUERY_MAX_CONDITIONS = 100;

/** 32-bit signed (Forge: Defining custom entities, Values). */
export const INTEGER_MIN = -2_147_483_648;
export const INTEGER_MAX = 2_147_483_647;
/**
 * Magnitude of a float other than 0: from 1E-130 to 9.9999999999999999999999999999999999999E+125, of
 * which the nearest number in JavaScript is 1E+126 (Forge: Defining custom entities, Values).
 */
export const FLOAT_MIN_MAGNITUDE = 1e-130;
export const FLOAT_END_OF_MAGNITUDE = 1e126;
/** Bytes of the values that one index takes from a record (Forge: Defining custom entities, Limitations). */
export const INDEX_RANGE_MAX_BYTES = 900;
export const INDEX_PARTITION_MAX_BYTES = 1700;

/** Requests of an installation a second (Forge: KVS limits, Operation limits per installation). */
export const REQUESTS_PER_SECOND = 1_000;
/**
 * Batches of an installation a minute (Forge: Batch operations, of February 2026; the newer page on batches of
 * entities no longer lists it).
 */
export const BATCHES_PER_MINUTE = 45;
/** What reads and writes are counted in: "rounded up to the nearest 10KB"; 10,000 bytes, as the less. */
export const UNIT_BYTES = 10_000;
/** Units of an installation a minute (Forge: KVS limits, "Read (10KB request per min)" and "Write"). */
export const READ_UNITS_PER_MINUTE = 4_000;
export const WRITE_UNITS_PER_MINUTE = 4_000;
/** Bytes a second of one key, and of one index value for queries (Forge: KVS limits, Reads, Writes, Query). */
export const READ_BYTES_PER_SECOND = 12_000_000;
export const WRITE_BYTES_PER_SECOND = 1_000_000;
export const QUERY_BYTES_PER_SECOND = 24_000_000;

/** Milliseconds of a unit of time to live (Forge: Time-to-live). */
export const TTL_UNIT_MS = {
  SECONDS: 1000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
} as const;
/** "The maximum supported TTL is 1 year" (Forge: Time-to-live); 365 days, as the stricter reading. */
export const TTL_MAX_MS = 365 * TTL_UNIT_MS.DAYS;
/**
 * "Deletion may take up to 48 hours. During this window, read operations may still return expired
 * results" (Forge: Time-to-live). The sandbox always takes the whole window: an app that trusts the
 * expiry without asking for EXPIRE_TIME fails here first.
 */
export const EXPIRED_KEPT_MS = 48 * TTL_UNIT_MS.HOURS;
