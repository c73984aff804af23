/** `__forge_runtime__`: what the unmodified packages know of the invocation that they run in. */
import { uuidFrom, type SiteIdentity } from '../site';
import type { AppManifest } from './manifest';
import type { Invocation, InvocationSite } from './invocation';

/** The environment that the sandbox's installations belong to. */
export const ENVIRONMENT_ID = uuidFrom('environment:development');
export const ENVIRONMENT_TYPE = 'DEVELOPMENT';

/** The app's id without its ARI, as the packages pass it on. */
export function appIdOf({ appId }: AppManifest): string {
  return appId.replace(/^ari:cloud:ecosystem::app\//, '');
}

/** The installation's context: the Jira site. */
export function contextAri({ cloudId }: SiteIdentity): string {
  return `ari:cloud:jira::site/${cloudId}`;
}

const nothing = (): void => undefined;

/** The packages measure themselves; nobody reads it here. */
const metrics = {
  counter: () => ({ incr: nothing, incrBy: nothing, decr: nothing, decrBy: nothing }),
  timing: () => ({ measure: () => ({ stop: nothing }) }),
  gauge: () => ({ set: nothing }),
};

/**
 * The runtime object of one invocation. It has no `kvs`: `@forge/kvs` looks for that once when it is
 * imported, and would then talk another dialect.
 */
export function forgeRuntime(invocation: Invocation, site: InvocationSite): object {
  const { identity, manifest, clock } = site;
  const { moduleKey, moduleType, accountId } = invocation.options;
  return {
    proxy: { token: 'sandbox', url: 'https://proxy.invalid' },
    contextAri: contextAri(identity),
    container: {},
    appContext: {
      appId: appIdOf(manifest),
      appVersion: '1.0.0',
      environmentId: ENVIRONMENT_ID,
      environmentType: ENVIRONMENT_TYPE,
      invocationId: invocation.id,
      installationId: identity.installationId,
      functionKey: invocation.functionKey,
      moduleType,
      moduleKey,
      permissions: {
        scopes: [...manifest.scopes.keys()],
        external: { fetch: { backend: manifest.egress } },
      },
    },
    ...(accountId === undefined ? {} : { aaid: accountId }),
    lambdaContext: {
      awsRequestId: invocation.id,
      getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - clock.now()),
    },
    tracing: { traceId: invocation.id.replaceAll('-', ''), spanId: invocation.id.slice(0, 8) },
    realtime: {},
    externalAuth: [],
    metrics,
    featureFlags: () => false,
  };
}
