/**
 * The platform's key-value service of one installation: plain keys, secrets, custom entities. It takes
 * what the unmodified `@forge/kvs` hands to `__forge_fetch__` and answers as the platform does (Forge:
 * KVS REST API; `sandbox/PARITY.md` says what is documented and what nobody could confirm).
 */
import { type z } from 'zod';
import type { Clock } from '../clock';
import type { Faults } from '../faults';
import { QueryLag } from '../query-lag';
import type { SandboxStorage } from '../storage';
import { batchDelete, batchGet, batchSet } from './kvs-batch';
import { isKvsRead, KvsBudgets, type KvsBudgetOptions } from './kvs-budgets';
import { EntitySchemas, type EntityDefinition } from './kvs-entities';
import { PAYLOAD_MAX_BYTES, SECRET_MAX_BYTES } from './kvs-limits';
import { queryIndex, queryKeys } from './kvs-query';
import { entry, type RecordStore } from './kvs-records';
import { keyConflict, keyNotFound, Refusal } from './kvs-refusal';
import {
  batchDeleteRequest,
  batchGetRequest,
  batchSetRequest,
  deleteRequest,
  entityDeleteRequest,
  entityQueryRequest,
  entityReadRequest,
  entityWriteRequest,
  parseRequest,
  queryRequest,
  readRequest,
  transactionRequest,
  writeRequest,
  type MetadataField,
  type SetOptions,
} from './kvs-requests';
import { KvsStores } from './kvs-stores';
import { transact } from './kvs-transaction';
import { checkKey, checkValue, ttlMs } from './kvs-values';

export type { EntityDefinition } from './kvs-entities';

export interface KeyValueOptions {
  /** The installation's own: what two sites store must not meet. */
  storage: SandboxStorage;
  clock: Clock;
  /** `app.storage.entities` of the manifest. */
  entities: EntityDefinition[];
  faults: () => Faults;
  /** Repeats a run's query lags. */
  seed: number;
  /** Whether the manifest declares `storage:app`. */
  hasScope: () => boolean;
  /** Sees the 10 KB units of each call. */
  onUnits?: KvsBudgetOptions['onUnits'];
}

/** What is stored and has not expired, each list in the order of its keys. */
export interface KeyValueDump {
  plain: [key: string, value: unknown][];
  secrets: [key: string, value: unknown][];
  entities: Record<string, [key: string, value: unknown][]>;
}

/** Answers a body that is JSON; `undefined` is a 204. */
type Route = (body: unknown) => unknown;

export class KeyValueService {
  private readonly lag: QueryLag;
  private readonly stores: KvsStores;
  private readonly routes: ReadonlyMap<string, Route>;
  private readonly budgets: KvsBudgets;

  constructor(private readonly options: KeyValueOptions) {
    this.lag = new QueryLag(options.seed, options.clock, () => options.faults().lagMs);
    this.stores = new KvsStores(options.storage, this.lag, new EntitySchemas(options.entities));
    this.routes = routesOf(this.stores);
    this.budgets = new KvsBudgets({
      now: () => options.clock.now(),
      isEnforced: () => options.faults().budgets,
      onUnits: options.onUnits ?? (() => undefined),
    });
  }

  /**
   * One call of the SDK. A request is carried out at once and as a whole, so concurrent calls never
   * interleave. Never throws for what an app does: a refusal is a response `{ code, message }`.
   */
  handle(path: string, init: { method?: string; body?: string } | undefined): Promise<Response> {
    return new Promise((resolve) => resolve(this.respond(path, init ?? {})));
  }

  /** When (ms since the epoch, by the sandbox's clock) queries see all that was written so far. */
  settledAt(): number {
    return this.lag.settledAt();
  }

  /** Everything stored, for tests; what has expired is left out. */
  dump(): KeyValueDump {
    const names = this.stores.schemas.names();
    return {
      plain: this.stores.plain.live(),
      secrets: this.stores.secrets.live(),
      entities: Object.fromEntries(names.map((name) => [name, this.stores.entity(name).live()])),
    };
  }

  private respond(path: string, init: { method?: string; body?: string }): Response {
    try {
      const route = this.route(path, init.method);
      this.budgets.takeRequest(path);
      const text = init.body ?? '';
      const body = readBody(text);
      if (isKvsRead(path)) return this.read(path, route, body);
      this.budgets.takeWrite(path, Buffer.byteLength(text), body);
      return responseOf(route(body));
    } catch (error) {
      if (error instanceof Refusal) return responseOf(error);
      throw error;
    }
  }

  /** A read is charged by what it has found: nothing found is charged too. */
  private read(path: string, route: Route, body: unknown): Response {
    const answer = attempt(route, body);
    this.budgets.takeRead(path, body, answer instanceof Refusal ? undefined : answer);
    return responseOf(answer);
  }

  private route(path: string, method: string | undefined): Route {
    if (!this.options.hasScope()) {
      // The scope is documented (Forge: Scope requirement); status and code are UNVERIFIED.
      throw new Refusal('FORBIDDEN', 'The app does not have the scope storage:app.', 403);
    }
    const route = this.routes.get(path);
    if (!route) throw new Refusal('NOT_FOUND', `There is no ${path}.`, 404);
    if (method !== 'POST') throw new Refusal('METHOD_NOT_ALLOWED', 'POST is the only method.', 405);
    return route;
  }
}

function attempt(route: Route, body: unknown): unknown {
  try {
    return route(body);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function responseOf(answer: unknown): Response {
  if (answer instanceof Refusal) {
    const { code, message, status } = answer;
    return Response.json({ code, message }, { status });
  }
  return answer === undefined ? new Response(null, { status: 204 }) : Response.json(answer);
}

function readBody(body: string): unknown {
  // Documented for transactions and batches; no other request can be that large. The code is UNVERIFIED.
  if (Buffer.byteLength(body) > PAYLOAD_MAX_BYTES) {
    throw new Refusal('MAX_SIZE', 'The request exceeds the maximum payload of 4 MB.');
  }
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new Refusal('INVALID_REQUEST', 'The body is not JSON.');
  }
}

function routesOf(stores: KvsStores): ReadonlyMap<string, Route> {
  const { plain, secrets, schemas } = stores;
  return new Map<string, Route>([
    route('get', readRequest, ({ key, options }) =>
      read(plain, checkKey(key), options?.metadataFields),
    ),
    route('set', writeRequest, ({ key, value, options }) => {
      const name = checkKey(key);
      checkValue(value);
      return write(plain, name, value, options);
    }),
    route('delete', deleteRequest, ({ key }) => plain.delete(checkKey(key))),
    route('query', queryRequest, (request) => queryKeys(plain, request)),

    route('secret/get', readRequest, ({ key, options }) =>
      read(secrets, checkKey(key), options?.metadataFields),
    ),
    route('secret/set', writeRequest, ({ key, value, options }) => {
      const name = checkKey(key);
      checkValue(value, SECRET_MAX_BYTES);
      return write(secrets, name, value, options);
    }),
    route('secret/delete', deleteRequest, ({ key }) => secrets.delete(checkKey(key))),

    route('entity/get', entityReadRequest, ({ key, entityName, options }) => {
      const place = stores.place(key, entityName);
      return read(place.store, place.key, options?.metadataFields);
    }),
    route('entity/set', entityWriteRequest, ({ key, entityName, value, options }) => {
      const place = stores.place(key, entityName);
      stores.checkValue(entityName, value);
      return write(place.store, place.key, value, options);
    }),
    route('entity/delete', entityDeleteRequest, ({ key, entityName }) => {
      const place = stores.place(key, entityName);
      place.store.delete(place.key);
    }),
    route('entity/query', entityQueryRequest, (request) =>
      queryIndex(stores.entity(request.entityName), schemas.get(request.entityName), request),
    ),

    route('batch/get', batchGetRequest, (items) => batchGet(stores, items)),
    route('batch/set', batchSetRequest, (items) => batchSet(stores, items)),
    route('batch/delete', batchDeleteRequest, (items) => batchDelete(stores, items)),
    route('transaction', transactionRequest, (request) => transact(stores, request)),
  ]);
}

function route<T>(
  name: string,
  schema: z.ZodType<T>,
  handle: (request: T) => unknown,
): [string, Route] {
  return [`/api/v1/${name}`, (body) => handle(parseRequest(schema, body))];
}

function read(store: RecordStore, key: string, fields: MetadataField[] | undefined): unknown {
  const record = store.read(key);
  if (!record) throw keyNotFound();
  return entry(key, record, fields);
}

/**
 * A single write (Forge: Change write conflict strategy). An expired key counts as existing until the
 * platform has deleted it (UNVERIFIED). Answers the entry that was asked for, `undefined` for none.
 */
function write(
  store: RecordStore,
  key: string,
  value: unknown,
  options: SetOptions = {},
): Record<string, unknown> | undefined {
  const { keyPolicy, returnValue, returnMetadataFields } = options;
  if (keyPolicy === 'FAIL_IF_EXISTS' && returnValue !== undefined) {
    throw new Refusal(
      'INVALID_KEY_POLICY_RETURN_VALUE_COMBINATION',
      'A value can only be returned where the key policy is OVERRIDE.',
    );
  }
  const lifetime = ttlMs(options.ttl);
  const previous = store.read(key);
  if (keyPolicy === 'FAIL_IF_EXISTS' && previous) throw keyConflict();
  const written = store.write(key, value, lifetime);
  const returned =
    returnValue === 'LATEST' ? written : returnValue === 'PREVIOUS' ? previous : undefined;
  return returned && entry(key, returned, returnMetadataFields);
}
