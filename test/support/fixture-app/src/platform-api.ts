/** What `@forge/api` tells an app of the invocation it runs in: authorisation, permissions, paths, errors. */
import {
  __getRuntime,
  authorize,
  bindInvocationContext,
  getAppContext,
  permissions,
  requestJira,
  route,
  routeFromAbsolute,
  type Route,
} from '@forge/api';

type Define = <T>(key: string, run: (payload: T) => unknown) => void;

/** What of `authorize()` is asked: a method by name of `onJiraProject` or `onJiraIssue`. */
interface Question {
  on: 'onJiraProject' | 'onJiraIssue';
  ids: string | number | (string | number)[];
  can: string;
}

export function definePlatformApi(define: Define): void {
  define('authorize', ({ on, ids, can }: Question) => authorize()[on](ids)[can]?.());
  define('authorize-names', ({ on }: Question) => Object.keys(authorize()[on]('1')));
  define('authorize-on-jira', (asked: Parameters<ReturnType<typeof authorize>['onJira']>[0]) =>
    authorize().onJira(asked),
  );

  define('has-permission', (asked: Parameters<typeof permissions.hasPermission>[0]) => {
    const { granted, missing } = permissions.hasPermission(asked);
    return { granted, missing: missing?.format() };
  });
  define('has-scope', ({ scope }: { scope: string }) => permissions.hasScope(scope));
  define(
    'can-fetch-from',
    ({ type, url }: { type: Parameters<typeof permissions.canFetchFrom>[0]; url: string }) =>
      permissions.canFetchFrom(type, url),
  );
  define(
    'can-load-resource',
    ({ type, url }: { type: Parameters<typeof permissions.canLoadResource>[0]; url: string }) =>
      permissions.canLoadResource(type, url),
  );
  define('whole-app-context', () => {
    const context = getAppContext();
    return { ...context, leftMs: context.invocationRemainingTimeInMillis() };
  });

  /** Whether a callback that somebody else calls still knows its invocation. */
  define('bound', () => {
    const bound = bindInvocationContext(() => getAppContext().invocationId);
    const { appContext } = __getRuntime();
    return { here: appContext.invocationId, bound: bound() };
  });

  define('paths', ({ name }: { name: string }) => ({
    path: valueOf(() => route`/rest/api/3/project/${name}`),
    query: valueOf(() => route`/rest/api/3/user/search?query=${name}`),
    absolute: valueOf(() => routeFromAbsolute(name)),
  }));
  define('unsafe-path', ({ path }: { path: string }) => requestJira(path as unknown as Route));
}

function valueOf(make: () => Route): string {
  try {
    return make().value;
  } catch (error) {
    return (error as Error).message;
  }
}
