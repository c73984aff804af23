/** One local Jira site with the app installed: its state, and what tests and the server do with it. */
import type { Clock } from './clock';
import type { CallFaults, InjectedFault, ServiceCall } from './fault-injector';
import type { DeliveryKind } from './fault-rules';
import type { FaultChanges, Faults } from './faults';
import type { AppHandlers, Handler } from './forge/app-handlers';
import { SiteBudgets, type AppBudgets } from './forge/budgets';
import { Egress, type HostTarget } from './forge/egress';
import type { DeliverySite } from './forge/deliveries';
import type { Invocation } from './forge/invocation';
import { KeyValueService } from './forge/kvs';
import type { AppManifest } from './forge/manifest';
import { native } from './forge/native';
import { callFromPage } from './forge/page-call';
import { callPlatform, type PlatformSite } from './forge/platform-calls';
import { productEventOf } from './forge/jira-events';
import { ProductEvents, type ChangedBy } from './forge/product-events';
import type { ProductEvent } from './forge/product-event-shapes';
import { QueueService } from './forge/queue';
import { RunningInvocations } from './forge/running-invocations';
import { Schedule } from './forge/schedule';
import type { WebTriggerSite } from './forge/web-trigger';
import { WebTriggerUrls } from './forge/web-trigger-urls';
import { Jira, type JiraOptions } from './jira/jira';
import { seededRandom, type Random } from './random';
import type { SiteIdentity } from './site';
import { SiteFaults } from './site-faults';
import { Stats } from './stats';
import type { SandboxStorage } from './storage';
import { Traffic, type Exchange } from './traffic';
import type { Wire } from './wire';

export interface SiteOptions {
  identity: SiteIdentity;
  manifest: AppManifest;
  handlers: AppHandlers;
  clock: Clock;
  /** This site's own. */
  storage: SandboxStorage;
  /** `undefined`: there is no such host. */
  resolveHost: (host: string) => HostTarget | undefined;
  wire: Wire;
  seed: number;
  faults: FaultChanges;
  /** Whether scheduled triggers run. */
  schedules: boolean;
  /** Moves the time of all sites on, in ms, and lets what falls due on the way happen. */
  advance: (ms: number) => Promise<void>;
  log: (line: string) => void;
  onJiraAnswer: JiraOptions['onAnswer'] | undefined;
  appBudgets: AppBudgets;
}

export interface InvokeOptions {
  /** Who calls; the site's admin if nobody. */
  accountId?: string | undefined;
  /** Key of the page that calls; the app's first admin page if none. */
  module?: string | undefined;
}

/** Beyond this the oldest lines are dropped. */
const MAX_LOG_LINES = 10_000;

export class Site implements WebTriggerSite, PlatformSite, DeliverySite {
  readonly identity: SiteIdentity;
  readonly manifest: AppManifest;
  readonly clock: Clock;
  readonly jira: Jira;
  readonly kvs: KeyValueService;
  readonly webTriggerUrls: WebTriggerUrls;
  readonly queue: QueueService;
  readonly stats = new Stats();
  readonly logs: string[] = [];
  /** What no platform would have understood. A test that ends with one has failed. */
  readonly violations: string[] = [];
  readonly exchanges = new Traffic();
  /** `http://localhost:<port>`; set when the site's server listens. */
  url = '';
  readonly budgets: SiteBudgets;
  private readonly siteFaults: SiteFaults;
  private readonly warmFunctions = new Set<string>();
  private readonly running = new RunningInvocations();
  private readonly productEvents: ProductEvents;
  private schedule: Schedule | undefined;
  private readonly random: Random;
  private readonly handlers: AppHandlers;
  private readonly egress: Egress;
  constructor(private readonly options: SiteOptions) {
    const { identity, manifest, clock, storage, handlers } = options;
    this.identity = identity;
    this.manifest = manifest;
    this.clock = clock;
    this.handlers = handlers;
    this.random = seededRandom(options.seed);
    const now = () => clock.now();
    this.siteFaults = new SiteFaults(options.faults, options.seed, now, (fault) =>
      this.stats.countFault(fault),
    );
    this.budgets = new SiteBudgets(options.appBudgets, now, () => this.faults.budgets);
    this.jira = new Jira({
      site: identity,
      storage,
      clock,
      appName: manifest.adminPages[0]?.title ?? 'App',
      seed: options.seed,
      indexedProperties: manifest.indexedProperties,
      searchLagMs: () => this.faults.searchLagMs ?? this.faults.lagMs,
      onUnmodelled: (what) => this.violation(what),
      publish: (event) => this.publish(productEventOf(event), event.actor.by),
      ...(options.onJiraAnswer === undefined ? {} : { onAnswer: options.onJiraAnswer }),
    });
    this.kvs = new KeyValueService({
      storage,
      clock,
      entities: manifest.entities,
      faults: () => this.faults,
      seed: options.seed,
      hasScope: () => manifest.scopes.has('storage:app'),
      onUnits: (kind, units) => this.stats.countKvsUnits(kind, units),
    });
    this.webTriggerUrls = new WebTriggerUrls(identity, manifest, storage);
    this.queue = new QueueService(this, storage, this.random);
    this.productEvents = new ProductEvents(this, storage, this.random);
    this.egress = new Egress({
      allowed: manifest.egress,
      resolveHost: options.resolveHost,
      faults: () => this.faults,
      rules: this,
      traffic: this.exchanges,
      wire: options.wire,
    });
  }

  get faults(): Faults {
    return this.siteFaults.current;
  }

  /** Every fault of a rule that has happened, oldest first. */
  get faultLog(): readonly InjectedFault[] {
    return this.siteFaults.log;
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
    this.siteFaults.change(changes);
    if ('coldStartMs' in changes) this.warmFunctions.clear();
    return this.faults;
  }

  /**
   * Calls a resolver key as a page of the app does.
   *
   * @returns the resolver's value, after a JSON round trip
   * @throws Error as the page sees it
   */
  async invoke(
    functionKey: string,
    payload?: unknown,
    { accountId, module }: InvokeOptions = {},
  ): Promise<unknown> {
    return callFromPage(this, module, { functionKey, payload, accountId: this.caller(accountId) });
  }

  /**
   * Something has happened in Jira: the app's triggers are told, sooner or later.
   *
   * @throws Error if the event is not one of Jira's
   */
  publish(event: ProductEvent, changedBy: ChangedBy = 'user'): void {
    this.productEvents.publish(event, changedBy);
  }

  /** Begins to deliver, what a former run has left first. */
  start(): void {
    this.queue.deliveries.start();
    this.productEvents.start();
    if (this.options.schedules) this.schedule = new Schedule(this);
  }

  /**
   * Waits until no event is due, no invocation runs, and queries and searches see all that was written.
   * Events that are to come later do not count.
   */
  async idle(): Promise<void> {
    for (;;) {
      const settledAt = Math.max(this.kvs.settledAt(), this.jira.searchSettledAt());
      const lagMs = settledAt - this.clock.now();
      if (!this.running.isEmpty) await this.running.none();
      else if (this.isDue) await new Promise((resolve) => native.setTimeout(resolve, 1));
      else if (lagMs > 0) await this.clock.sleep(lagMs);
      else return;
    }
  }

  /** Whether nothing of the app's happens now, and nothing will before time passes. */
  get isQuiet(): boolean {
    return this.running.isEmpty && !this.isDue;
  }

  /** Whether the app waits for nothing but time, or an answer from elsewhere. */
  get isSettled(): boolean {
    return !this.running.isCalling && !this.isDue;
  }

  /** Moves the time of all sites on, in ms. */
  advance(ms: number): Promise<void> {
    return this.options.advance(ms);
  }

  /** Ends every invocation, as a platform that goes down does, and starts no other. */
  stop(): void {
    this.queue.deliveries.stop();
    this.productEvents.stop();
    this.schedule?.stop();
    this.running.kill('The sandbox has stopped.');
  }

  // What the platform's services need of their site.

  now(): number {
    return this.clock.now() + this.faults.skewMs;
  }

  log(line: string): void {
    this.logs.push(line);
    if (this.logs.length > MAX_LOG_LINES) this.logs.shift();
    this.options.log(`${this.identity.name}: ${line}`);
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
    return this.siteFaults.killOfThisCall();
  }

  faultsOf(call: ServiceCall): CallFaults {
    return this.siteFaults.injector.faultsOf(call);
  }

  /** The extra delay in ms of each copy of a delivery: `[0]` is as normal, `[]` lost, `[0, 500]` twice. */
  deliveries(kind: DeliveryKind, name: string): number[] {
    const { eventLagMs } = this.faults;
    const lagMs = kind === 'product-event' ? Math.round(this.random() * eventLagMs) : 0;
    return this.siteFaults.injector.deliveries(kind, name).map((delayMs) => lagMs + delayMs);
  }

  started(invocation: Invocation): void {
    this.stats.countInvocation();
    this.running.started(invocation);
  }

  ended(invocation: Invocation): void {
    this.running.ended(invocation);
  }

  callPlatform(
    invocation: Invocation,
    meta: unknown,
    path: string,
    init: RequestInit | undefined,
  ): Promise<Response> {
    return callPlatform(this, invocation, meta, path, init);
  }

  pending(serve: () => Promise<Response>): Promise<Response> {
    return this.running.during(serve());
  }

  fetchOut(
    invocation: Invocation,
    input: RequestInfo | URL,
    init: RequestInit | undefined,
  ): Promise<Response> {
    this.stats.countEgress();
    return this.egress.fetch(invocation, input, init);
  }

  violation(text: string): never {
    this.violations.push(text);
    throw new Error(`Sandbox: ${text}`);
  }

  private get isDue(): boolean {
    return this.queue.deliveries.isDue || this.productEvents.isDue;
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
