/** What the tests of the sandbox's platform let an app do, on the real packages. */
import api, { assumeTrustedRoute, authorize, fetch, getAppContext, webTrigger } from '@forge/api';
import { kvs } from '@forge/kvs';
import Resolver from '@forge/resolver';
import { queueCalls } from './events';
import { definePlatformApi } from './platform-api';
import { refusedCalls } from './refused-calls';
import { defineRuntimeCalls } from './runtime-calls';

interface JiraCall {
  as: 'app' | 'user' | 'nobody' | { accountId: string };
  path: string;
  method?: string;
  /** Sent as JSON. */
  body?: unknown;
  timeoutMs?: number;
}

interface StoreCall {
  call: 'get' | 'set' | 'set-often' | 'batch-set' | 'transact' | 'query';
  key: string;
  value?: unknown;
  times?: number;
}

interface FetchCall {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  redirect?: 'follow' | 'manual' | 'error';
  timeoutMs?: number;
}

const definitions = new Resolver();

function define<T>(key: string, run: (payload: T, context: unknown) => unknown): void {
  definitions.define(key, ({ payload, context }: { payload: unknown; context: unknown }) =>
    run(payload as T, context),
  );
}

define('echo', (payload) => payload);
/** What arrived, by its kind: an answer goes through JSON whatever the platform does. */
define('kinds', (payload: object) =>
  Object.entries(payload).map(([name, value]) => [name, typeof value]),
);
define('context', (_payload, context) => context);
define('app-context', () => {
  const { moduleKey, environmentType, ...context } = getAppContext();
  return { moduleKey, environmentType, leftMs: context.invocationRemainingTimeInMillis() };
});
define('throw', ({ message }: { message: string }) => {
  throw new Error(message);
});
define('large', ({ bytes }: { bytes: number }) => 'x'.repeat(bytes));
define('time', () => ({
  now: Date.now(),
  date: new Date().toISOString(),
  fixed: new Date(0).toISOString(),
  isDate: new Date() instanceof Date,
}));
define('log', ({ line }: { line: string }) => console.log(line));
define('set', async ({ key, value }: { key: string; value: unknown }) => kvs.set(key, value));
define('get', async ({ key }: { key: string }) => kvs.get(key));

/** A call of the store, and what the SDK makes of a refusal. */
define('store', ({ call, key, value = 1, times = 1 }: StoreCall) =>
  outcomeOf(async () => {
    switch (call) {
      case 'get':
        return kvs.get(key);
      case 'set':
        return kvs.set(key, value as string);
      case 'set-often':
        for (let count = 0; count < times; count += 1) await kvs.set(key, value as string);
        return;
      case 'batch-set':
        return kvs.batchSet([{ key, value: value as string }]);
      case 'transact':
        return kvs
          .transact()
          .set(key, value as string)
          .execute();
      case 'query':
        return kvs.query().getMany();
    }
  }),
);

/** Writes before and after a pause, so that a test sees how far it came. */
define('pause', async ({ ms }: { ms: number }) => {
  await kvs.set('before', true);
  await new Promise((resolve) => setTimeout(resolve, ms));
  await kvs.set('after', true);
  return 'done';
});

/** Goes on after it has answered, as an app with a forgotten `await`. */
define('forget', () => {
  setImmediate(() => void kvs.set('forgotten', true));
  setTimeout(() => console.log('late'), 100);
  return 'done';
});

async function askJira({ as, path, method, body, timeoutMs }: JiraCall): ReturnType<typeof fetch> {
  const caller =
    as === 'app'
      ? api.asApp()
      : as === 'user'
        ? api.asUser()
        : as === 'nobody'
          ? api
          : api.asUser(as.accountId);
  return caller.requestJira(assumeTrustedRoute(path), {
    method: method ?? 'GET',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
  });
}

define('jira', (call: JiraCall) => settle(() => askJira(call)));

/** The status of each, one after the other. */
define('jira-often', async ({ times, as, path, method }: JiraCall & { times: number }) => {
  const statuses: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const asking = askJira({ as, path, ...(method === undefined ? {} : { method }) });
    statuses.push(await asking.then(statusOf, statusOf));
  }
  return statuses;
});

/** Of a response, and of the SDK's error about one. */
const statusOf = (answer: unknown): number => (answer as { status: number }).status;

define('fetch', ({ url, timeoutMs, ...init }: FetchCall) =>
  settle(async () =>
    fetch(url, {
      ...init,
      ...(timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
    }),
  ),
);

define('fetch-often', async ({ url, times }: { url: string; times: number }) => {
  const statuses: number[] = [];
  for (let count = 0; count < times; count += 1) statuses.push((await fetch(url)).status);
  return statuses;
});

define(
  'url',
  ({ key, forceCreate }: { key: string; forceCreate?: boolean | { forceCreate: boolean } }) =>
    webTrigger.getUrl(key, forceCreate),
);
define('delete-url', ({ url }: { url: string }) => webTrigger.deleteUrl(url));
define('urls', ({ key }: { key?: string }) => webTrigger.queryUrls(key));
define('graph', ({ query }: { query: string }) =>
  settle(async () => api.asApp().requestGraph(query)),
);

for (const [key, run] of Object.entries(queueCalls)) define(key, run);
definePlatformApi(define);
defineRuntimeCalls(define);
define('refused-names', () => Object.keys(refusedCalls));
define('refused', ({ call }: { call: string }) => {
  const run = refusedCalls[call];
  if (!run) throw new Error(`no such call: ${call}`);
  return run();
});

/** All that an app can learn of a response, or of an error. */
async function settle(request: () => ReturnType<typeof fetch>): Promise<unknown> {
  try {
    const response = await request();
    return {
      status: response.status,
      headers: headersOf(response),
      body: await response.text(),
    };
  } catch (error) {
    // Under jest Node's own errors are of another realm: `instanceof Error` does not know them.
    const { name, message, cause, ...rest } = error as Error;
    return { ...rest, name, message, hasCause: cause !== undefined };
  }
}

/** A value, or all that an app can tell errors of the SDKs by. */
async function outcomeOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return { value: await run() };
  } catch (error) {
    const { name, message, code, responseDetails } = error as Error & {
      code?: string;
      responseDetails?: { status: number };
    };
    const type = (error as Error).constructor.name;
    return { error: { type, name, message, code, status: responseDetails?.status } };
  }
}

function headersOf(response: Awaited<ReturnType<typeof fetch>>): Record<string, string> {
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    headers[name] = value;
  });
  return headers;
}

export const resolver = definitions.getDefinitions();

interface WebTriggerRequest {
  method: string;
  path: string;
  userPath: string;
  headers: Record<string, string[]>;
  queryParameters: Record<string, string[]>;
  body: string;
}

/** Answers with what it was asked, or as the query parameter `do` says. */
export async function hook(request: WebTriggerRequest, context: unknown): Promise<unknown> {
  const [action, argument = ''] = (request.queryParameters.do?.[0] ?? 'echo').split(':');
  switch (action) {
    case 'throw':
      throw new Error(argument);
    case 'return':
      return JSON.parse(request.body) as unknown;
    case 'sleep':
      await new Promise((resolve) => setTimeout(resolve, Number(argument)));
      return { statusCode: 200 };
    case 'authorize':
      return authorize();
    case 'user':
      return { statusCode: 200, body: JSON.stringify(await settle(askJiraAsUser)) };
    default:
      return {
        statusCode: 201,
        headers: { 'Content-Type': ['application/json'], 'X-Twice': ['a', 'b'] },
        body: JSON.stringify({ request, context }),
      };
  }
}

const askJiraAsUser = async () =>
  api.asUser().requestJira(assumeTrustedRoute('/rest/api/3/myself'));
