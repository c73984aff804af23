/**
 * The bridge commands that this page answers (Forge: bridge contract). Every other command is refused, as
 * a command that a product does not implement is; nothing is offered that `@forge/bridge` does not send.
 */
import { getGlobalTheme } from '@atlaskit/tokens/get-global-theme';
import { type AnsweredCommand } from './bridge-commands';
import { closeFlag, type FlagOptions, showFlag } from './flags';
import { type ForgeNode } from './forge-doc';
import { type HostConfig } from './host-config';
import { requestJira } from './jira-people';
import { isRecord, messageOf } from './messages';
import { violate } from './violations';

export interface BridgeOptions {
  config: HostConfig;
  /** A new document to draw. */
  onDocument: (document: ForgeNode) => void;
}

type Command = (data: unknown) => unknown;

/** What `view.emitReadyEvent()` emits before its own command. */
const EXTENSION_READY = 'EXTENSION_READY';

/** Runs a command. Rejected, and recorded as a violation, when there is no such command. */
export function createBridge(
  options: BridgeOptions,
): (command: string, data: unknown) => Promise<unknown> {
  const commands = new Map<string, Command>(Object.entries(bridgeCommands(options)));
  return async (name, data) => {
    const command = commands.get(name);
    if (!command) return refuse(`unmodelled: the bridge command ${name}`);
    return command(data);
  };
}

function bridgeCommands({ config, onDocument }: BridgeOptions): Record<AnsweredCommand, Command> {
  return {
    reconcile: (data) => onDocument((data as { forgeDoc: ForgeNode }).forgeDoc),
    getContext: () => ({
      ...config.context,
      theme: getGlobalTheme(),
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
    invoke: (data) => invoke(config, data as Invocation),
    fetchProduct: (data) => fetchProduct(data as ProductRequest),
    showFlag: (data) => {
      showFlag(data as FlagOptions);
      return true;
    },
    closeFlag: (data) => closeFlag((data as FlagOptions).id),
    onError: (data) => {
      violate(`the app could not be drawn: ${messageOf((data as { error: unknown }).error)}`);
    },
    emit: (data) =>
      (data as { event: string }).event === EXTENSION_READY
        ? undefined
        : refuse(`unmodelled: the event ${(data as { event: string }).event}`),
    emitReadyEvent: () => undefined,
    navigate: (data) => navigate(config, data as Destination),
    getUrl: (data) => urlOf(config, data as Destination),
    reload: () => window.location.reload(),
  };
}

function refuse(message: string): never {
  violate(message);
  throw new Error(message);
}

interface Invocation {
  functionKey: string;
  payload?: unknown;
  metadata?: unknown;
  /** Of `invokeRemote` and `invokeService`, which send the same command. */
  invokeType?: string;
}

async function invoke(config: HostConfig, invocation: Invocation) {
  const { functionKey, payload, metadata, invokeType } = invocation;
  if (invokeType !== undefined) refuse(`unmodelled: ${invokeType} of invoke`);
  if (metadata !== undefined) refuse('unmodelled: metadata of invoke');
  const response = await fetch('/_sandbox/invoke', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      functionKey,
      payload,
      accountId: config.actingAs.accountId,
      module: config.module.key,
    }),
  });
  const answer: unknown = await response.json();
  if (isRecord(answer) && isRecord(answer.error)) throw new Error(String(answer.error.message));
  if (!response.ok || !isRecord(answer)) throw new Error(`the site answered ${response.status}`);
  return answer.value;
}

interface ProductRequest {
  product: string;
  restPath: string;
  fetchRequestInit?: { method?: string; body?: string; headers?: [string, string][] };
  isMultipartFormData?: boolean;
}

/** `requestJira` of `@forge/bridge`: always as the user, and within the app's scopes. */
async function fetchProduct(request: ProductRequest) {
  const { product, restPath, fetchRequestInit: init = {}, isMultipartFormData } = request;
  if (product !== 'jira' || !restPath.startsWith('/rest/api/3/') || isMultipartFormData) {
    return refuse(`unmodelled: a request to ${product}${restPath}`);
  }
  const headers = new Headers(init.headers);
  // The site's server asks the platform's proxy, which holds it against the app's scopes.
  headers.set('X-Sandbox-App-Page', 'true');
  const response = await requestJira(restPath, { ...init, headers });
  return {
    status: response.status,
    statusText: response.statusText,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

/** An address, or a place in the product by name. */
interface Destination {
  url?: string;
  target?: string;
  moduleKey?: string;
  type?: 'same-tab' | 'new-tab';
}

/** The address of a destination. Of the places by name only the app's own admin pages are here. */
function urlOf(config: HostConfig, { url, target, moduleKey }: Destination): string {
  if (url !== undefined) return new URL(url, window.location.origin).href;
  const page = config.adminPages.find(({ key }) => target === 'module' && key === moduleKey);
  if (!page) return refuse(`unmodelled: router target ${target ?? ''} ${moduleKey ?? ''}`);
  return new URL(page.path, window.location.origin).href;
}

function navigate(config: HostConfig, destination: Destination): void {
  const url = urlOf(config, destination);
  if (!/^https?:/.test(url)) refuse(`the platform opens web pages only, not ${url}`);
  if (destination.type === 'new-tab') window.open(url, '_blank', 'noopener,noreferrer');
  else window.location.assign(url);
}
