/** Two local sites with the app, and what tests do with them all the time. */
import { Sandbox } from '../../sandbox';
import { checkJiraAnswer } from './openapi';
import type {
  AdminApi,
  AdminKey,
  Answer,
  ApiError,
  ConnectionView,
} from '../../src/entry/admin/api';
import type { Check, TestReport } from '../../src/connection/connection-test/report';

export type TestSite = Sandbox['sites'][number];

export interface TwoSites {
  sandbox: Sandbox;
  north: TestSite;
  south: TestSite;
}

export async function startTwoSites(
  options: Parameters<typeof Sandbox.start>[0] = {},
): Promise<TwoSites> {
  const sandbox = await Sandbox.start({
    sites: ['north', 'south'],
    onJiraAnswer: checkJiraAnswer,
    // The tick has tests of its own: here weeks pass, and nothing but connections is to be stored.
    schedules: false,
    ...options,
  });
  return { sandbox, north: sandbox.site('north'), south: sandbox.site('south') };
}

/** Calls a resolver key as the site's admin, or as `accountId`. */
export async function call<K extends AdminKey>(
  site: TestSite,
  key: K,
  request: AdminApi[K]['request'],
  accountId?: string,
): Promise<Answer<AdminApi[K]['value']>> {
  const answer = await site.invoke(key, request, accountId === undefined ? {} : { accountId });
  return answer as Answer<AdminApi[K]['value']>;
}

/** As `call`, where anything but success is a failure of the test. */
export async function succeed<K extends AdminKey>(
  site: TestSite,
  key: K,
  request: AdminApi[K]['request'],
): Promise<AdminApi[K]['value']> {
  const answer = await call(site, key, request);
  if (!answer.ok) throw new Error(`${key}: ${JSON.stringify(answer.errors)}`);
  return answer.value;
}

/** As `call`, where success is a failure of the test. */
export async function errorsOf<K extends AdminKey>(
  site: TestSite,
  key: K,
  request: AdminApi[K]['request'],
): Promise<ApiError[]> {
  const answer = await call(site, key, request);
  if (answer.ok) throw new Error(`${key} was not refused`);
  return answer.errors;
}

/** Account id of the person with that mail address' first part, as `sync` or `admin`. */
export function account(site: TestSite, name: string): string {
  const user = site.jira.findUserByEmail(`${name}@${site.identity.name}.example`);
  if (user === undefined) throw new Error(`No account ${name} on ${site.identity.name}`);
  return user.accountId;
}

export async function endpointUrl(site: TestSite): Promise<string> {
  return (await succeed(site, 'site/describe', {})).endpointUrl;
}

export const GENERATED = {
  north: `whsec_${Buffer.alloc(32, 'north').toString('base64')}`,
  south: `whsec_${Buffer.alloc(32, 'south').toString('base64')}`,
};

/** Adds a connection on `site` to `remote`, as an admin would. */
export async function addConnection(
  site: TestSite,
  remote: TestSite,
  keys: { local: string; remote: string },
  overrides: Partial<AdminApi['connections/add']['request']> = {},
): Promise<ConnectionView> {
  return succeed(site, 'connections/add', {
    name: `To ${remote.identity.name}`,
    localUser: { accountId: account(site, 'sync') },
    ...('remoteUrl' in overrides ? {} : { remoteUrl: await endpointUrl(remote) }),
    localKey: keys.local,
    remoteKey: keys.remote,
    passive: false,
    ...overrides,
  });
}

/** All checks that are neither passed nor skipped, as `remote-key: warning`. */
export function troubles(report: TestReport): string[] {
  return [...report.internal, ...report.remote]
    .filter(({ status }) => status === 'failed' || status === 'warning')
    .map(({ id, status }) => `${id}: ${status}`);
}

export function checkOf(report: TestReport, id: Check['id']): Check {
  const check = [...report.internal, ...report.remote].find((one) => one.id === id);
  if (check === undefined) throw new Error(`No check ${id} in the report`);
  return check;
}
