/** Where each call of `__forge_fetch__` goes. What the platform does not know is an error that shows. */
import { z } from 'zod';
import { underFaults, type FaultyCaller } from './call-faults';
import type { KeyValueService } from './kvs';
import { callJira, productMetaSchema, type ProductSite } from './product-api';
import type { QueueCaller, QueueService } from './queue';
import type { WebTriggerUrls } from './web-trigger-urls';

export interface PlatformSite extends ProductSite {
  readonly kvs: KeyValueService;
  readonly webTriggerUrls: WebTriggerUrls;
  readonly queue: QueueService;
  /** Records what no platform call looks like, and throws. */
  violation(text: string): never;
}

const metaSchema = z.discriminatedUnion('remote', [
  z.object({ type: z.literal('kvs'), provider: z.literal('app'), remote: z.literal('kvs') }),
  productMetaSchema,
  z.object({ type: z.literal('fpp'), provider: z.literal('app'), remote: z.literal('stargate') }),
]);

/** The invocation that calls. */
export interface PlatformCaller extends QueueCaller, FaultyCaller {
  /** The user who is there, if there is one. */
  readonly accountId: string | undefined;
}

/** One call of the platform by the app, through the unmodified packages. */
export function callPlatform(
  site: PlatformSite,
  caller: PlatformCaller,
  meta: unknown,
  path: string,
  init: RequestInit | undefined,
): Promise<Response> {
  const parsed = metaSchema.safeParse(meta);
  if (!parsed.success) {
    return site.violation(`unknown platform call ${JSON.stringify(meta)} ${path}`);
  }
  const request = {
    method: init?.method ?? 'GET',
    path,
    body: typeof init?.body === 'string' ? init.body : '',
  };
  switch (parsed.data.remote) {
    case 'kvs':
      site.stats.countKvs(path);
      return underFaults(site, { service: 'kvs', ...request }, caller, () =>
        site.pending(() => site.kvs.handle(path, kvsRequest(init))),
      );
    case 'jira': {
      const { accountId } = caller;
      return callJira(site, { accountId, invocation: caller }, parsed.data, path, init);
    }
    case 'stargate':
      return underFaults(site, { service: 'stargate', ...request }, caller, () =>
        site.pending(async () => callAtlassian(site, caller, path, init)),
      );
  }
}

function kvsRequest(init: RequestInit | undefined): { method?: string; body?: string } {
  return {
    ...(init?.method === undefined ? {} : { method: init.method }),
    ...(typeof init?.body === 'string' ? { body: init.body } : {}),
  };
}

/** Atlassian's own APIs: queues, and GraphQL for web triggers. */
function callAtlassian(
  site: PlatformSite,
  caller: PlatformCaller,
  path: string,
  init: RequestInit | undefined,
): Response {
  const body = typeof init?.body === 'string' ? init.body : '';
  const answer =
    path === '/graphql' ? site.webTriggerUrls.graphql(body) : site.queue.handle(path, body, caller);
  if (!answer) return site.violation(`unknown Atlassian API call ${path} ${body}`);
  if (path !== '/graphql') site.stats.countQueue();
  return answer;
}
