/**
 * The platform's proxy in front of Jira's REST API (Forge: product REST APIs): which scopes a call needs,
 * on whose behalf it is made, and who may be impersonated.
 */
import { z } from 'zod';
import type { JiraRequest, JiraResponse, Principal } from '../jira/types';
import type { Faults } from '../faults';
import type { Stats } from '../stats';
import type { SiteBudgets } from './budgets';
import { underFaults, type CallFaultSite, type FaultyCaller } from './call-faults';
import { pointsOf } from './jira-points';
import type { AppManifest } from './manifest';

/** What the proxy asks of a site's Jira. */
export interface ProductJira {
  handle(request: JiraRequest): Promise<JiraResponse>;
  /** The classic scopes that an operation needs; `undefined` where Jira has no such operation. */
  requiredScopes(method: string, path: string): string[] | undefined;
  /** The endpoint's path, with its parameters in braces, and the issue that the call names. */
  endpointOf(method: string, path: string): { path: string; issueId: string | undefined };
  findUser(accountId: string): JiraAccount | undefined;
  siteAdmin(): JiraAccount;
}

export interface JiraAccount {
  accountId: string;
  accountType: string;
  active: boolean;
}

export interface ProductSite extends CallFaultSite {
  readonly manifest: AppManifest;
  readonly faults: Faults;
  readonly jira: ProductJira;
  readonly budgets: Pick<SiteBudgets, 'jira' | 'impersonations'>;
  /** Marks a call as one that the app waits for. */
  pending(serve: () => Promise<Response>): Promise<Response>;
  readonly stats: Stats;
}

/** Who asks: an invocation, or the app's page, which has none. */
export interface JiraCaller {
  /** Account id of the user who is there, if there is one. */
  accountId: string | undefined;
  invocation: FaultyCaller | undefined;
}

/** What the SDK says about a call to a product. */
export const productMetaSchema = z.object({
  type: z.literal('fpp'),
  provider: z.enum(['app', 'user', 'none']),
  remote: z.literal('jira'),
  accountId: z.string().optional(),
});

export type ProductMeta = z.infer<typeof productMetaSchema>;

/** One call of `requestJira`. */
export async function callJira(
  site: ProductSite,
  caller: JiraCaller,
  meta: ProductMeta,
  path: string,
  init: RequestInit | undefined,
): Promise<Response> {
  const request = new Request(new URL(path, 'https://jira.invalid'), init ?? {});
  const { method } = request;
  const scopes = site.jira.requiredScopes(method, path) ?? [];
  const refusal = meta.provider === 'none' ? undefined : scopeRefusal(site, scopes);
  if (refusal) return refusal;
  const principal = principalOf(site, caller.accountId, meta, scopes);
  if (principal instanceof Response) return principal;
  const body = request.body === null ? undefined : await request.text();
  const headers = Object.fromEntries(request.headers);
  site.stats.countJiraCall();
  return underFaults(
    site,
    { service: 'jira', method, path, body: body ?? '' },
    caller.invocation,
    () => site.pending(() => withinBudgets(site, { method, path, headers, body, principal })),
  );
}

async function withinBudgets(site: ProductSite, request: JiraRequest): Promise<Response> {
  const { jira } = site.budgets;
  const { method, path } = request;
  const { path: endpoint, issueId } = site.jira.endpointOf(method, path);
  const refusal = jira.take(method, endpoint, issueId);
  if (refusal) return refusal;
  const { status, headers, body } = await answerOf(site, request);
  const points = pointsOf(request, body);
  site.stats.countJiraPoints(points);
  jira.spend(points);
  return new Response(status === 204 ? null : (body ?? null), {
    status,
    headers: { ...headers, ...jira.headersOf(method, endpoint) },
  });
}

async function answerOf(site: ProductSite, request: JiraRequest): Promise<JiraResponse> {
  const { jiraStatus } = site.faults;
  if (jiraStatus === undefined) return site.jira.handle(request);
  // Not JSON: in front of Jira stands a load balancer.
  const body = `<html><body><h1>${jiraStatus}</h1></body></html>`;
  return { status: jiraStatus, headers: { 'content-type': 'text/html' }, body };
}

/** As Atlassian's gateway answers a token without the scope: 401, not 403 ([2nd], seen by many apps). */
function scopeRefusal({ manifest }: ProductSite, scopes: string[]): Response | undefined {
  if (scopes.every((scope) => manifest.scopes.has(scope))) return undefined;
  return Response.json(
    { code: 401, message: 'Unauthorized; scope does not match' },
    { status: 401, headers: { 'x-failure-category': 'FAILURE_CLIENT_SCOPE_CHECK' } },
  );
}

function principalOf(
  site: ProductSite,
  invokingUser: string | undefined,
  { provider, accountId }: ProductMeta,
  scopes: string[],
): Principal | Response {
  if (provider === 'none') return { type: 'anonymous' };
  if (provider === 'app') return { type: 'app' };
  if (accountId !== undefined) {
    if (!mayImpersonate(site, accountId, scopes)) {
      return refusedByProxy(401, 'USER_IMPERSONATION_NOT_ALLOWED');
    }
    return takesToken(site)
      ? { type: 'user', accountId, byApp: true }
      : refusedByProxy(429, 'USER_IMPERSONATION_RATE_LIMITED');
  }
  return invokingUser === undefined
    ? refusedByProxy(401, 'NEEDS_AUTHENTICATION_ERR')
    : { type: 'user', accountId: invokingUser };
}

/**
 * Forge, "Impersonation": each scope needs `allowImpersonation: true`; never an app's account, a customer,
 * or a deactivated user; and only the app's contributors (here: the site's admin) unless the app is shared
 * through the Marketplace or by distribution link.
 */
function mayImpersonate(site: ProductSite, accountId: string, scopes: string[]): boolean {
  const { manifest, faults, jira } = site;
  const account = jira.findUser(accountId);
  return (
    account?.active === true &&
    account.accountType === 'atlassian' &&
    scopes.every((scope) => manifest.scopes.get(scope)?.allowImpersonation === true) &&
    // An operation that needs no scope still needs an app that may impersonate at all (UNVERIFIED).
    [...manifest.scopes.values()].some(({ allowImpersonation }) => allowImpersonation) &&
    (faults.distribution === 'link' || accountId === jira.siteAdmin().accountId)
  );
}

/** Whether there is another token: one for each call, as if none were ever used again (UNVERIFIED). */
function takesToken({ clock, faults, budgets }: ProductSite): boolean {
  const { impersonations } = budgets;
  if (faults.budgets && !impersonations.fits(clock.now())) return false;
  impersonations.add(clock.now());
  return true;
}

/**
 * A refusal of the proxy, before Jira is asked: the header is what makes the SDK throw. Its values for a
 * refused impersonation, and the statuses, are UNVERIFIED.
 */
function refusedByProxy(status: number, code: string): Response {
  return new Response(null, { status, headers: { 'forge-proxy-error': code } });
}
