/** The key-value store, kinder than Forge's. */
import type { Sabotage } from './sabotage';

const KEYS = 'conformance/kvs-keys.test.ts';
const ENTITIES = 'conformance/kvs-entities.test.ts';
const QUERIES = 'conformance/kvs-queries.test.ts';
const TRANSACTIONS = 'conformance/kvs-transactions.test.ts';
const LIMITS = 'forge/kvs-limits.ts';

const A_TRANSACTION = 'a transaction (Forge: KVS transactions, Custom Entity Store transactions)';
const APART = 'cases that rest on [2nd] or UNVERIFIED notes';

export const sabotagesOfTheStore: Sabotage[] = [
  {
    name: 'values of any size',
    file: LIMITS,
    replace: 'VALUE_MAX_BYTES = 240 * 1024',
    by: 'VALUE_MAX_BYTES = Infinity',
    test: KEYS,
    title: 'the value has at most 240 KiB as JSON, counted in bytes (Forge: KVS limits)',
  },
  {
    name: 'values counted in characters, not in bytes',
    file: 'forge/kvs-values.ts',
    replace: 'Buffer.byteLength(JSON.stringify(value)) > maxBytes',
    by: 'JSON.stringify(value).length > maxBytes',
    test: KEYS,
    title: 'the value has at most 240 KiB as JSON, counted in bytes (Forge: KVS limits)',
  },
  {
    name: 'values of any depth',
    file: LIMITS,
    replace: 'VALUE_MAX_DEPTH = 31',
    by: 'VALUE_MAX_DEPTH = Infinity',
    test: KEYS,
    title: 'the value has at most 31 levels (Forge: KVS limits)',
  },
  {
    name: 'keys of any characters',
    file: LIMITS,
    replace: String.raw`KEY_PATTERN = /^(?!\s+$)[a-zA-Z0-9:._\s\-#]+$/`,
    by: 'KEY_PATTERN = /^/',
    test: KEYS,
    title:
      'the key (Forge: KVS limits; Error handling for the Key-Value Store) is refused when with a slash',
  },
  {
    name: 'keys of any length',
    file: LIMITS,
    replace: 'KEY_MAX_LENGTH = 500',
    by: 'KEY_MAX_LENGTH = Infinity',
    test: KEYS,
    title:
      'the key (Forge: KVS limits; Error handling for the Key-Value Store) is refused when 501 characters long',
  },
  {
    name: 'secrets as large as other values',
    file: LIMITS,
    replace: 'SECRET_MAX_BYTES = 128 * 1024',
    by: 'SECRET_MAX_BYTES = 240 * 1024',
    test: KEYS,
    title: 'secrets (Forge: Encrypting stored data) have at most 128 KiB',
  },
  {
    name: 'expired values gone at once',
    file: LIMITS,
    replace: 'EXPIRED_KEPT_MS = 48 * TTL_UNIT_MS.HOURS',
    by: 'EXPIRED_KEPT_MS = 0',
    test: KEYS,
    title:
      'time to live (Forge: Time-to-live) ends the value, but a read may return it for up to 48 hours more',
  },
  {
    name: 'FAIL_IF_EXISTS ignored',
    file: 'forge/kvs.ts',
    replace: "if (keyPolicy === 'FAIL_IF_EXISTS' && previous) throw keyConflict();",
    by: '',
    test: KEYS,
    title:
      'writing (Forge: Change write conflict strategy) with FAIL_IF_EXISTS refuses an existing key: 409 KEY_CONFLICT (Forge: KVS REST API)',
  },
  {
    name: 'storage without the scope storage:app',
    file: 'forge/kvs.ts',
    replace: 'if (!this.options.hasScope()) {',
    by: 'if (false) {',
    test: KEYS,
    title: `${APART} refuses everything without the scope storage:app (Forge: Scope requirement; 403 is a guess)`,
  },
  {
    name: 'queries without lag',
    file: 'query-lag.ts',
    replace: 'Math.round(this.random() * lagMs)',
    by: '0',
    test: 'conformance/kvs-consistency.test.ts',
    title:
      'queries are eventually consistent, reads by key are strictly (Forge: Consistency) a query sees a write, an overwrite and a deletion only later',
  },
  {
    name: 'pages of any length',
    file: LIMITS,
    replace: 'PAGE_MAX = 100',
    by: 'PAGE_MAX = Infinity',
    test: QUERIES,
    title:
      'a query of plain keys (Forge: Querying data) refuses a limit of 101 (Forge: Error handling)',
  },
  {
    name: 'filters before the limit of a page',
    file: 'forge/kvs-query.ts',
    replace: 'partition(value) && inRange(position)',
    by: 'partition(value) && inRange(position) && passes(value)',
    test: QUERIES,
    title:
      'a query of an index (Forge: Querying the Custom Entity Store) filters page by page: a page may be empty while later ones are not',
  },
  {
    name: 'a cursor that fits any query',
    file: 'forge/kvs-query.ts',
    replace: "query === fingerprint && typeof key === 'string'",
    by: "typeof key === 'string'",
    test: QUERIES,
    title: `${APART} a cursor of another query is refused (documented as a must; the code is a guess)`,
  },
  {
    name: 'a cursor from before a restart',
    file: 'forge/kvs-records.ts',
    replace: 'session = randomUUID()',
    by: "session = ''",
    test: QUERIES,
    title: `${APART} a cursor from before a restart is refused [2nd: it is not to be kept]`,
  },
  {
    name: 'an index without its partition',
    file: 'forge/kvs-query.ts',
    replace: '  if (!fits) {',
    by: '  if (!fits && values.length === 0) return () => true;\n  if (!fits) {',
    test: QUERIES,
    title: `${APART} a partition of [] where one text is due is refused (documented; the code is a guess)`,
  },
  {
    name: 'records of an entity that is not declared',
    file: 'forge/kvs-stores.ts',
    replace: '    throw noSuchEntity(name);',
    by: '    return this.plain;',
    test: ENTITIES,
    title: `${APART} an undeclared entity is 404 SCHEMA_NOT_FOUND [2nd]`,
  },
  {
    name: 'attributes that are not declared',
    file: 'forge/kvs-entities.ts',
    replace: 'const type = this.typeOf(attribute);',
    by: "const type = this.typeOf(attribute) ?? 'any';",
    test: ENTITIES,
    title: `${APART} an attribute that is not declared is refused`,
  },
  {
    name: 'attributes of any type',
    file: 'forge/kvs-entities.ts',
    replace: 'if (!isOfType(type, stored)) {',
    by: 'if (false) {',
    test: ENTITIES,
    title: `${APART} a wrong type is INCORRECT_PROPERTY_TYPE [2nd]`,
  },
  {
    name: 'conditions of a transaction ignored',
    file: 'forge/kvs-transaction.ts',
    replace: 'if (!conditions.every((holds) => holds())) throw conditionFailed();',
    by: '',
    test: TRANSACTIONS,
    title: `${A_TRANSACTION} changes nothing where the condition of a set does not hold: 400 CONDITIONAL_CHECK_FAILED`,
  },
  {
    name: 'conditions that hold for a missing record',
    file: 'forge/kvs-transaction.ts',
    replace: 'return record !== undefined && holds(record.value as EntityValue);',
    by: 'return record === undefined || holds(record.value as EntityValue);',
    test: TRANSACTIONS,
    title: `${APART} a check of a missing record fails [2nd], and so does every condition on one`,
  },
  {
    name: 'a transaction that does what it can',
    file: 'forge/kvs-transaction.ts',
    replace:
      '    return { place, commit: () => void place.store.write(place.key, item.value, ttl) };',
    by: '    place.store.write(place.key, item.value, ttl);\n    return { place, commit: () => undefined };',
    test: TRANSACTIONS,
    title: `${A_TRANSACTION} changes nothing where one value or key is refused`,
  },
  {
    name: '26 operations in a transaction',
    file: LIMITS,
    replace: 'TRANSACTION_MAX_OPERATIONS = 25',
    by: 'TRANSACTION_MAX_OPERATIONS = 26',
    test: TRANSACTIONS,
    title: `${APART} 25 operations are accepted, 26 are 422 UNPROCESSABLE_ENTITY [2nd]`,
  },
  {
    name: 'a key twice in a transaction',
    file: 'forge/kvs-transaction.ts',
    replace: '  checkUnique([...writes, ...removals, ...checks].map(({ place }) => place));',
    by: '',
    test: TRANSACTIONS,
    title: `${APART} a key used twice is KEY_DUPLICATION_ERROR [2nd], also in two entities`,
  },
  {
    name: 'transactions and batches of any size',
    file: LIMITS,
    replace: 'PAYLOAD_MAX_BYTES = 4_000_000',
    by: 'PAYLOAD_MAX_BYTES = Infinity',
    test: TRANSACTIONS,
    title: `${APART} it has a payload of at most 4 MB (documented; the code is a guess)`,
  },
  {
    name: '26 items in a batch',
    file: LIMITS,
    replace: 'BATCH_MAX_ITEMS = 25',
    by: 'BATCH_MAX_ITEMS = 26',
    test: 'conformance/kvs-batches.test.ts',
    title: `${APART} 25 items are accepted, 26 are TOO_MANY_BATCH_ENTITIES [2nd, seen for set]`,
  },
];
