/** Every route of the REST API that the sandbox has. All others are 404, as an unknown path is in Jira. */
import { refusal } from './errors';
import { commentPropertyRoutes } from './comment-property-routes';
import { commentRoutes } from './comment-routes';
import { configurationRoutes } from './configuration-routes';
import { historyRoutes } from './history-routes';
import { issueMetaRoutes } from './issue-meta-routes';
import { issuePropertyRoutes } from './issue-property-routes';
import { issueRoutes } from './issue-routes';
import { jqlRoutes } from './jql-routes';
import { PathTable } from './path-table';
import { permissionRoutes } from './permission-routes';
import { projectPartRoutes } from './project-part-routes';
import { projectRoutes } from './project-routes';
import type { Route } from './route';
import { searchRoutes } from './search-routes';
import { timestamp } from './shapes';
import { transitionRoutes } from './transition-routes';
import { userRoutes } from './user-routes';

const siteRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/rest/api/3/serverInfo',
    operationId: 'getServerInfo',
    scopes: [],
    handle: ({ site, clock }) => ({
      baseUrl: site.baseUrl,
      displayUrl: site.baseUrl,
      version: '1001.0.0-SNAPSHOT',
      versionNumbers: [1001, 0, 0],
      deploymentType: 'Cloud',
      buildNumber: 100_000,
      buildDate: '2026-01-02T00:00:00.000+0000',
      serverTime: timestamp(clock.now()),
      scmInfo: '0000000000000000000000000000000000000000',
      serverTitle: 'Jira',
      serverTimeZone: 'Etc/UTC',
    }),
  },
];

/** Removed in 2025: `search` has given way to `search/jql` (Atlassian's changelog, CHANGE-2046). */
const removed = (method: Route['method'], operationId: string): Route => ({
  method,
  path: '/rest/api/3/search',
  operationId,
  scopes: ['read:jira-work'],
  handle() {
    throw refusal(410, [
      'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. ' +
        'A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
    ]);
  },
});

export const routes: readonly Route[] = [
  ...userRoutes,
  ...permissionRoutes,
  ...projectRoutes,
  ...projectPartRoutes,
  ...configurationRoutes,
  ...issueRoutes,
  ...issueMetaRoutes,
  ...issuePropertyRoutes,
  ...commentRoutes,
  ...commentPropertyRoutes,
  ...historyRoutes,
  ...transitionRoutes,
  ...searchRoutes,
  ...jqlRoutes,
  ...siteRoutes,
  removed('GET', 'searchForIssuesUsingJql'),
  removed('POST', 'searchForIssuesUsingJqlPost'),
];

const table = new PathTable(routes.map((route) => [route.path, route] as const));

export interface FoundRoute {
  route: Route;
  params: Record<string, string>;
}

/** @param path without a query */
export function findRoute(method: string, path: string): FoundRoute | undefined {
  return table
    .find(path)
    .map(({ value, params }) => ({ route: value, params }))
    .find(({ route }) => route.method === method);
}

/** The methods that a path takes; none where there is no such path. */
export function methodsOf(path: string): string[] {
  return table.find(path).map(({ value }) => value.method);
}
