/** Invocations, web triggers and what the app calls, kinder than on Forge. */
import type { Sabotage } from './sabotage';

const EGRESS = 'conformance/egress.test.ts';
const PRODUCT_API = 'conformance/product-api.test.ts';
const RESOLVER = 'conformance/resolver.test.ts';
const WEB_TRIGGER = 'conformance/web-trigger.test.ts';

const APART = 'cases that rest on [2nd] or UNVERIFIED notes';
const IMPERSONATION = 'impersonation (Forge: User impersonation)';

export const sabotagesOfInvocations: Sabotage[] = [
  {
    name: 'egress open',
    file: 'forge/egress.ts',
    replace: 'if (!this.filter.isValidUrl(url.href))',
    by: 'if (false)',
    test: EGRESS,
    title: 'https://example.com/ is not let out (Forge: Permissions, external permissions)',
  },
  {
    name: 'redirects to anywhere',
    file: 'forge/egress.ts',
    replace: 'outgoing = next;',
    by: 'outgoing = next;\n      this.filter.isValidUrl = () => true;',
    test: EGRESS,
    title: `${APART} redirects lead nowhere that the manifest does not allow`,
  },
  {
    name: 'any number of egress calls',
    file: 'forge/limits.ts',
    replace: 'EGRESS_CALLS_PER_MINUTE = 100',
    by: 'EGRESS_CALLS_PER_MINUTE = Infinity',
    test: EGRESS,
    title: `${APART} a hundred calls a minute and invocation, and no more (documented; the answer is a guess)`,
  },
  {
    name: 'redirects not counted',
    file: 'forge/egress.ts',
    replace: 'if (!this.withinBudget(caller))',
    by: 'if (redirects === 0 && !this.withinBudget(caller))',
    test: EGRESS,
    title: `${APART} redirects count as calls`,
  },
  {
    name: 'calls of Jira without their scope',
    file: 'forge/product-api.ts',
    replace: 'if (scopes.every((scope) => manifest.scopes.has(scope))) return undefined;',
    by: 'if (scopes.length >= 0) return undefined;',
    test: PRODUCT_API,
    title: `${APART} a scope that the manifest does not have is Atlassian’s 401, whoever asks`,
  },
  {
    name: 'impersonation without allowImpersonation',
    file: 'forge/product-api.ts',
    replace: 'scopes.every((scope) => manifest.scopes.get(scope)?.allowImpersonation === true) &&',
    by: '',
    test: PRODUCT_API,
    title: `${IMPERSONATION} not where a scope does not allow it`,
  },
  {
    name: 'impersonation of deactivated accounts',
    file: 'forge/product-api.ts',
    replace: 'account?.active === true &&',
    by: 'account !== undefined &&',
    test: PRODUCT_API,
    title: `${IMPERSONATION} never of an unknown or inactive account, an app or a customer`,
  },
  {
    name: 'impersonation of customers and apps',
    file: 'forge/product-api.ts',
    replace: "account.accountType === 'atlassian' &&",
    by: '',
    test: PRODUCT_API,
    title: `${IMPERSONATION} never of an unknown or inactive account, an app or a customer`,
  },
  {
    name: 'impersonation of anybody by an app that is not shared',
    file: 'forge/product-api.ts',
    replace: "(faults.distribution === 'link' || accountId === jira.siteAdmin().accountId)",
    by: 'true',
    test: PRODUCT_API,
    title: `${IMPERSONATION} of contributors only, unless the app is shared`,
  },
  {
    name: 'asUser() where no user is, as the app',
    file: 'forge/product-api.ts',
    replace: "? refusedByProxy(401, 'NEEDS_AUTHENTICATION_ERR')",
    by: "? { type: 'app' }",
    test: WEB_TRIGGER,
    title: 'nobody is there to be asUser() (Forge: requestJira, contextual methods)',
  },
  {
    name: 'requestJira without asApp or asUser, as the app',
    file: 'forge/product-api.ts',
    replace: "if (provider === 'none') return { type: 'anonymous' };",
    by: "if (provider === 'none') return { type: 'app' };",
    test: PRODUCT_API,
    title: 'without asApp or asUser nobody asks (Forge: requestJira, contextual methods)',
  },
  {
    name: 'calls that the platform does not know',
    file: 'forge/platform-calls.ts',
    replace: 'if (!answer) return site.violation(`unknown Atlassian API call ${path} ${body}`);',
    by: 'if (!answer) return Response.json({});',
    test: RESOLVER,
    title:
      'a call that the platform does not know is an error, and is recorded (Sandbox: in tests)',
  },
  {
    name: 'resolvers without a time limit',
    file: 'forge/limits.ts',
    replace: 'RESOLVER_TIME_LIMIT_MS = 25_000',
    by: 'RESOLVER_TIME_LIMIT_MS = 26_000',
    test: RESOLVER,
    title:
      'after 25 s an invocation is ended, and what it does then has no effect (Forge: Invocation limits)',
  },
  {
    name: 'platform calls after the end of an invocation',
    file: 'forge/invocation.ts',
    replace: '    this.hasEnded = true;\n',
    by: '',
    test: RESOLVER,
    title:
      'what an app does after its answer has no effect, and is in the log (Sandbox: how it works)',
  },
  {
    name: 'timers after the end of an invocation',
    file: 'forge/invocation.ts',
    replace: 'for (const timer of [...this.timers]) timer.cancel();',
    by: '',
    test: RESOLVER,
    title:
      'what an app does after its answer has no effect, and is in the log (Sandbox: how it works)',
  },
  {
    name: 'objects where the platform has JSON',
    file: 'forge/invocation.ts',
    replace: 'return JSON.parse(text) as unknown;',
    by: 'return value;',
    test: RESOLVER,
    title: 'a payload and a result go through JSON (Forge: Forge resolver)',
  },
  {
    name: 'payloads of any size from a page',
    file: 'forge/limits.ts',
    replace: 'FRONTEND_REQUEST_MAX_BYTES = 500 * 1024',
    by: 'FRONTEND_REQUEST_MAX_BYTES = Infinity',
    test: RESOLVER,
    title: `${APART} payloads have limits: 500 KB from a page, 5 MB back [2nd]`,
  },
  {
    name: 'results of any size',
    file: 'forge/limits.ts',
    replace: ' PAYLOAD_MAX_BYTES = 5 * 1024 * 1024',
    by: ' PAYLOAD_MAX_BYTES = Infinity',
    test: RESOLVER,
    title: `${APART} payloads have limits: 500 KB from a page, 5 MB back [2nd]`,
  },
  {
    name: 'web triggers that return anything',
    file: 'forge/web-trigger.ts',
    replace: 'const parsed = responseSchema.safeParse(result);',
    by: 'const given = responseSchema.safeParse(result);\n  const parsed = given.success ? given : responseSchema.safeParse({ statusCode: 200 });',
    test: WEB_TRIGGER,
    title: 'responses (Forge: Web trigger events, response) no status is a 500',
  },
  {
    name: 'web triggers that tell what the app threw',
    file: 'forge/web-trigger.ts',
    replace: "plain(424, 'Failed Dependency') : serverError();",
    by: "plain(424, 'Failed Dependency') : plain(500, error.message);",
    test: WEB_TRIGGER,
    title:
      'responses (Forge: Web trigger events, response) an error of the app is a 500 that tells nothing',
  },
  {
    name: 'web triggers without a time limit',
    file: 'forge/limits.ts',
    replace: 'WEB_TRIGGER_TIME_LIMIT_MS = 55_000',
    by: 'WEB_TRIGGER_TIME_LIMIT_MS = 56_000',
    test: WEB_TRIGGER,
    title: `${APART} after 55 s the caller has a 424 [2nd: Atlassian’s issue ECO-75]`,
  },
  {
    name: 'web triggers of an app that was uninstalled',
    file: 'forge/web-trigger.ts',
    replace: "if (site.faults.uninstalled) return plain(424, 'Failed Dependency');",
    by: '',
    test: WEB_TRIGGER,
    title: `${APART} what is refused before the function is called: statuses`,
  },
  {
    name: 'web triggers at a URL that was deleted',
    file: 'forge/web-trigger-urls.ts',
    replace:
      'if (!stored || stored.deleted) return undefined;\n    return this.manifest.webTriggers',
    by: 'if (!stored) return undefined;\n    return this.manifest.webTriggers',
    test: WEB_TRIGGER,
    title: 'URLs (Forge: Web trigger API) a deleted one does not answer and never comes back',
  },
];
