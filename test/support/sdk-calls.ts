/**
 * What Atlassian's packages offer an app, read from the packages themselves: every exported function, class,
 * method and constant, by the name that an app's code would have for it (`kvs.entity().query().index`).
 */
import * as api from '@forge/api';
import * as events from '@forge/events';
import * as kvs from '@forge/kvs';
import * as resolver from '@forge/resolver';

interface Sdk {
  exports: Record<string, unknown>;
  /** Objects with more calls, that only a call hands out; by the name of that call. */
  opened?: () => Record<string, unknown>;
}

/** To compare one more package with PARITY.md, add it here. */
const SDKS: Record<string, Sdk> = {
  '@forge/kvs': { exports: kvs, opened: openKvs },
  '@forge/api': { exports: api, opened: openApi },
  '@forge/events': { exports: events },
  '@forge/resolver': { exports: resolver },
};

export const SDK_NAMES = Object.keys(SDKS);

/** Every call of a package, sorted. A default export has the names of what it is made of. */
export function callsOf(sdk: string): string[] {
  const { exports = {}, opened = () => ({}) } = SDKS[sdk] ?? {};
  const named = Object.entries(exports).filter(([name]) => name !== 'default');
  const known = new Set(named.map(([, value]) => value));
  const inDefault = defaultCalls(exports.default).filter(([, value]) => !known.has(value));
  const handedOut = Object.entries(opened()).flatMap(([name, value]) => membersOf(name, value));
  return [
    ...[...named, ...inDefault].flatMap(([name, value]) => callsNamed(name, value)),
    ...handedOut,
  ].sort();
}

function defaultCalls(value: unknown): [string, unknown][] {
  if (typeof value === 'function') return [[value.name, value]];
  return isPlainObject(value) ? Object.entries(value) : [];
}

function callsNamed(name: string, value: unknown): string[] {
  if (typeof value !== 'function') {
    return typeof value === 'object' && value !== null ? membersOf(name, value) : [name];
  }
  const methods = methodsOf(value.prototype as object | undefined);
  return [name, ...methods.map((method) => `${name}.${method}`)];
}

/** A plain object has its entries, an instance the methods of its class: its fields are its own business. */
function membersOf(name: string, value: unknown): string[] {
  if (isPlainObject(value)) {
    return Object.entries(value).flatMap(([key, member]) => callsNamed(`${name}.${key}`, member));
  }
  return methodsOf(value as object).map((method) => `${name}.${method}`);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

/** Inherited ones too, but for those of every object and every error. */
function methodsOf(object: object | undefined): string[] {
  const methods: string[] = [];
  let at: object | null = object ?? null;
  while (at !== null && at !== Object.prototype && at !== Error.prototype) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (name !== 'constructor' && typeof value === 'function') methods.push(name);
    }
    at = Object.getPrototypeOf(at) as object | null;
  }
  return methods;
}

function openKvs(): Record<string, unknown> {
  const condition = kvs.FilterConditions.exists();
  const query = kvs.kvs.entity<{ any: string }>('any').query();
  return {
    'kvs.query()': kvs.kvs.query(),
    'kvs.transact()': kvs.kvs.transact(),
    'kvs.entity()': kvs.kvs.entity('any'),
    'kvs.entity().query()': query,
    'kvs.entity().query().index()': query.index('any'),
    'Filter.and()': new kvs.Filter<{ any: string }>().and('any', condition),
    'Filter.or()': new kvs.Filter<{ any: string }>().or('any', condition),
  };
}

function openApi(): Record<string, unknown> {
  return insideRuntime(() => {
    const authorize = api.authorize();
    const provider = api.asUser().withProvider('any', 'any');
    return {
      'asApp()': api.asApp(),
      'asApp().withContext()': api.asApp().withContext('any'),
      'asUser()': api.asUser(),
      'asUser().withContext()': api.asUser().withContext('any'),
      'asUser().withProvider()': provider,
      'asUser().withProvider().asAccount()': provider.asAccount('any'),
      'authorize()': authorize,
      'authorize().onJiraIssue()': authorize.onJiraIssue('1'),
      'authorize().onJiraProject()': authorize.onJiraProject('1'),
      'authorize().onConfluenceContent()': authorize.onConfluenceContent('1'),
    };
  });
}

/** Some calls look at the invocation before they hand anything out. */
function insideRuntime<T>(run: () => T): T {
  const account = { id: 'any', externalAccountId: 'any', scopes: [] };
  const runtime = {
    aaid: 'any',
    externalAuth: [{ service: 'any', accounts: [account], remotes: [{ key: 'any' }] }],
  };
  Object.assign(globalThis, { __forge_runtime__: runtime });
  try {
    return run();
  } finally {
    Reflect.deleteProperty(globalThis, '__forge_runtime__');
  }
}
