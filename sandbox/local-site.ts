/** One local Jira site with the app installed: its state, and what tests and the server do with it. */
import type { Clock } from './clock';
import { faultsSchema, type Faults } from './faults';
import type { AppHandlers, Handler } from './forge/app-handlers';
import { Egress, type HostTarget } from './forge/egress';
import { invoke, InvocationFailed, type Invocation } from './forge/invocation';
import { KeyValueService } from './forge/kvs';
import { FRONTEND_REQUEST_MAX_BYTES, RESOLVER_TIME_LIMIT_MS } from './forge/limits';
import type { AdminPage, AppManifest } from './forge/manifest';
import { callPlatform, type PlatformSite } from './forge/platform-calls';
import { ENVIRONMENT_ID, ENVIRONMENT_TYPE } from './forge/runtime-object';
import type { WebTriggerSite } from './forge/web-trigger';
import { WebTriggerUrls } from './forge/web-trigger-urls';
import { Jira, type JiraOptions } from './jira/jira';
import type { SiteIdentity } from './site';
import { Stats } from './stats';
import type { SandboxStorage } from './storage';
import { Traffic, type Exchange } from './traffic';

export interface SiteOptions {
  identity: SiteIdentity;
  manifest: AppManifest;
  handlers: AppHandlers;
  clock: Clock;
  /** This site's own. */
  storage: SandboxStorage;
  /** `undefined`: there is no such host. */
  resolveHost: (host: string) => HostTarget | undefined;
  seed: number;
  faults: FaultChanges;
  log: (line: string) => void;
  onJiraAnswer: JiraOptions['onAnswer'] | undefined;
}

/** What is left out stays; `undefined` is back to what the site was started with. */
export type FaultChanges = { [Name in keyof Faults]?: Faults[Name] | undefined };

export interface InvokeOptions {
  /** Who calls; the site's admin if nobody. */
  accountId?: string | undefined;
  /** Key of the page that calls; the app's first admin page if none. */
  module?: string | undefined;
}

/** Beyond this the oldest lines are dropped. */
const MAX_LOG_LINES = 10_000;

export class Site implements WebTriggerSite, PlatformSite {
  readonly identity: SiteIdentity;
  readonly manifest: AppManifest;
  readonly clock: Clock;
  readonly jira: Jira;
  readonly kvs: KeyValueService;
  readonly webTriggerUrls: WebTriggerUrls;
  readonly stats = new Stats();
  readonly logs: string[] = [];
  /** What no platform would have understood. A test that ends with one has failed. */
  readonly violations: string[] = [];
  readonly exchanges = new Traffic();
  /** `http://localhost:<port>`; set when the site's server listens. */
  url = '';
  private readonly startFaults: Faults;
  private currentFaults: Faults;
  private callsUntilKill = 0;
  private readonly warmFunctions = new Set<string>();
  private readonly running = new Set<Invocation>();
  private readonly waitingForQuiet: (() => void)[] = [];
  private readonly handlers: AppHandlers;
  private readonly egress: Egress;
  private readonly writeLog: (line: string) => void;
  private pendingCalls = 0;

  constructor(options: SiteOptions) {
    const { identity, manifest, clock, storage, handlers } = options;
    this.identity = identity;
    this.manifest = manifest;
    this.clock = clock;
    this.handlers = handlers;
    this.writeLog = options.log;
    this.startFaults = faultsSchema.parse(options.faults);
    this.currentFaults = this.startFaults;
    this.jira = new Jira({
      site: identity,
      storage,
      clock,
      appName: manifest.adminPages[0]?.title ?? 'App',
      ...(options.onJiraAnswer === undefined ? {} : { onAnswer: options.onJiraAnswer }),
    });
    this.kvs = new KeyValueService({
      storage,
      clock,
      entities: manifest.entities,
      faults: () => this.faults,
      seed: options.seed,
      hasScope: () => manifest.scopes.has('storage:app'),
    });
    this.webTriggerUrls = new WebTriggerUrls(identity, manifest, storage);
    this.egress = new Egress({
      allowed: manifest.egress,
      resolveHost: options.resolveHost,
      faults: () => this.faults,
      traffic: this.exchanges,
    });
  }

  get faults(): Faults {
    return this.currentFaults;
  }

  /** All that went over the wire, oldest first; the oldest are dropped after 1,000. */
  get traffic(): readonly Exchange[] {
    return this.exchanges.exchanges;
  }

  /** The newest URL of the app's web trigger, once the app has asked for one. */
  endpointUrl(): string | undefined {
    return this.webTriggerUrls.newestUrl();
  }

  /** @throws ZodError for a value that no fault has */
  setFaults(changes: FaultChanges): Faults {
    const start: FaultChanges = this.startFaults;
    const names = Object.keys(changes) as (keyof Faults)[];
    const wanted = names.map((name) => [name, changes[name] ?? start[name]] as const);
    this.currentFaults = faultsSchema.parse({
      ...this.currentFaults,
      ...Object.fromEntries(wanted),
    });
    if ('kill' in changes) this.callsUntilKill = changes.kill?.call ?? 0;
    if ('coldStartMs' in changes) this.warmFunctions.clear();
    return this.currentFaults;
  }

  /**
   * Calls a resolver key as a page of the app does, with the real `@forge/resolver` behind it.
   *
   * @returns the resolver's value, after a JSON round trip
   * @throws Error as the page sees it
   */
  async invoke(
    functionKey: string,
    payload?: unknown,
    { accountId, module }: InvokeOptions = {},
  ): Promise<unknown> {
    const page = this.page(module);
    const caller = this.caller(accountId);
    if (this.faults.uninstalled) throw new Error(`The app is not installed on ${this.url}`);
    const call = { functionKey, payload };
    const size = Buffer.byteLength(JSON.stringify(call));
    if (size > FRONTEND_REQUEST_MAX_BYTES) throw pageError('Request payload exceeds 500 KB.');
    const context = {
      cloudId: this.identity.cloudId,
      environmentId: ENVIRONMENT_ID,
      environmentType: ENVIRONMENT_TYPE,
      extension: { type: 'jira:adminPage' },
      // The form of a local id is UNVERIFIED; the page's own context has the same.
      localId: `${this.manifest.appId}/${ENVIRONMENT_ID}/static/${page.key}`,
      moduleKey: page.key,
      siteUrl: this.identity.baseUrl,
      locale: 'en-US',
    };
    try {
      return await invoke(
        this,
        page.resolver,
        { call, context },
        {
          moduleType: 'jira:adminPage',
          moduleKey: page.key,
          accountId: caller,
          timeLimitMs: RESOLVER_TIME_LIMIT_MS,
        },
      );
    } catch (error) {
      throw error instanceof InvocationFailed ? pageError(error.message) : error;
    }
  }

  /** Waits until no invocation runs and queries see all that was written. */
  async idle(): Promise<void> {
    for (;;) {
      const lagMs = this.kvs.settledAt() - this.clock.now();
      if (this.running.size > 0) {
        await new Promise<void>((resolve) => this.waitingForQuiet.push(resolve));
      } else if (lagMs > 0) {
        await this.clock.sleep(lagMs);
      } else {
        return;
      }
    }
  }

  /** Whether the app waits for nothing but time, or a server that is not a local site. */
  get isSettled(): boolean {
    return this.pendingCalls + this.egress.pendingToSites === 0;
  }

  /** Ends every invocation, as a platform that goes down does. */
  stop(): void {
    for (const invocation of this.running) invocation.kill('killed', 'The sandbox has stopped.');
  }

  // What the platform's services need of their site.

  now(): number {
    return this.clock.now() + this.faults.skewMs;
  }

  log(line: string): void {
    this.logs.push(line);
    if (this.logs.length > MAX_LOG_LINES) this.logs.shift();
    this.writeLog(`${this.identity.name}: ${line}`);
  }

  handler(functionKey: string): Handler {
    return this.handlers.load(functionKey);
  }

  coldStartMs(functionKey: string): number {
    if (this.warmFunctions.has(functionKey)) return 0;
    this.warmFunctions.add(functionKey);
    return this.faults.coldStartMs;
  }

  killOfThisCall(): 'before' | 'after' | undefined {
    const { kill } = this.faults;
    if (!kill) return undefined;
    this.callsUntilKill -= 1;
    if (this.callsUntilKill > 0) return undefined;
    this.setFaults({ kill: undefined });
    return kill.when;
  }

  started(invocation: Invocation): void {
    this.stats.countInvocation();
    this.running.add(invocation);
  }

  ended(invocation: Invocation): void {
    this.running.delete(invocation);
    if (this.running.size > 0) return;
    for (const resolve of this.waitingForQuiet.splice(0)) resolve();
  }

  async callPlatform(
    invocation: Invocation,
    meta: unknown,
    path: string,
    init: RequestInit | undefined,
  ): Promise<Response> {
    this.pendingCalls += 1;
    try {
      return await callPlatform(this, invocation.accountId, meta, path, init);
    } finally {
      this.pendingCalls -= 1;
    }
  }

  fetchOut(
    invocation: Invocation,
    input: RequestInfo | URL,
    init: RequestInit | undefined,
  ): Promise<Response> {
    this.stats.countEgress();
    return this.egress.fetch(invocation, input, init);
  }

  countJira(points: number): void {
    this.stats.countJira(points);
  }

  countKvs(path: string): void {
    this.stats.countKvs(path);
  }

  violation(text: string): never {
    this.violations.push(text);
    throw new Error(`Sandbox: ${text}`);
  }

  private page(key: string | undefined): AdminPage & { resolver: string } {
    const pages = this.manifest.adminPages;
    const page = key === undefined ? pages[0] : pages.find((each) => each.key === key);
    const resolver = page?.resolver;
    if (!page || resolver === undefined) {
      throw new Error(`manifest.yml has no page ${key ?? ''} with a resolver`);
    }
    return { ...page, resolver };
  }

  /** Somebody who can be logged in: whether this is an admin is for the app to check. */
  private caller(accountId: string | undefined): string {
    if (accountId === undefined) return this.jira.siteAdmin().accountId;
    const user = this.jira.findUser(accountId);
    if (!user?.active || user.accountType !== 'atlassian') {
      throw new Error(`Nobody with the account ${accountId} can be logged in`);
    }
    return accountId;
  }
}

/** How the platform words a failure for the page ([2nd], seen by several apps). */
function pageError(message: string): Error {
  return new Error(`There was an error invoking the function - ${message}`);
}
