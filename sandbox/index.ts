/** The sandbox: local Jira sites that run the app on the real `@forge/*` packages. Wiring only. */
import { Clock } from './clock';
import { AppHandlers } from './forge/app-handlers';
import { createAppBudgets } from './forge/budgets';
import type { HostTarget } from './forge/egress';
import { installGlobals } from './forge/globals';
import { readManifest } from './forge/manifest';
import { native } from './forge/native';
import { webTriggerHosts } from './forge/web-trigger-urls';
import type { HostPages } from './host/pages';
import type { JiraOptions } from './jira/jira';
import { Site } from './local-site';
import { SiteServer } from './server';
import { siteIdentity } from './site';
import { MemoryStorage, storageOf, type SandboxStorage } from './storage';
import { Wire } from './wire';

export type { Site } from './local-site';

export interface SandboxOptions {
  /** Short names. */
  sites?: string[];
  clock?: 'real' | 'virtual';
  /** Where all sites keep their state; in memory if not said. */
  storage?: SandboxStorage;
  /** The first site's port, each further site has the next; any free ports if not said. */
  firstPort?: number;
  /** Added to each platform call, in ms. */
  latencyMs?: number;
  /** How far queries are behind the writes at most, in ms. */
  lagMs?: number;
  /** How late an event of Jira reaches the app at most, in ms. */
  eventLagMs?: number;
  /** Whether scheduled triggers run; tests that let months pass do without. */
  schedules?: boolean;
  /** Repeats what a run draws: query lags, delays, orders. */
  seed?: number;
  /** Where `manifest.yml` and `src/` are. */
  projectRoot?: string;
  /** The folder of Forge's official bundles of the app, to run on those and not on its sources. */
  bundle?: string | undefined;
  /** Sees each line that a site logs. */
  log?: (line: string) => void;
  /** Sees each answer of each site's Jira before it is given. */
  onJiraAnswer?: JiraOptions['onAnswer'];
}

/** Several times as many as an answer over HTTP takes from the socket to the app. */
const QUIET_TURNS = 12;

export class Sandbox {
  private readonly servers: SiteServer[] = [];
  private advancing: Promise<void> = Promise.resolve();
  private readonly pages = new Map<Site, HostPages>();

  private constructor(
    readonly clock: Clock,
    readonly sites: readonly Site[],
    private readonly handlers: AppHandlers,
    private readonly hosts: Map<string, HostTarget>,
    private readonly storage: SandboxStorage,
    private readonly wire: Wire,
  ) {}

  /**
   * Starts the sites, each with its own server.
   *
   * @throws Error if `manifest.yml` is not one that the sandbox can run, or a port is taken
   */
  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    installGlobals();
    const { sites = ['north', 'south'], seed = 1, projectRoot = process.cwd() } = options;
    const clock = new Clock(options.clock ?? 'virtual');
    const storage = options.storage ?? new MemoryStorage();
    const manifest = readManifest(projectRoot, options.bundle);
    const handlers = new AppHandlers(manifest);
    const hosts = new Map<string, HostTarget>();
    const wire = new Wire();
    const advance = (ms: number): Promise<void> => sandbox.advance(ms);
    const appBudgets = createAppBudgets();
    const local = sites.map(
      (name, index) =>
        new Site({
          identity: siteIdentity(name),
          manifest,
          handlers,
          clock,
          storage: storageOf(storage, name),
          resolveHost: (host) => hosts.get(host),
          wire,
          advance,
          schedules: options.schedules ?? true,
          seed: seed + index,
          faults: {
            latencyMs: options.latencyMs,
            lagMs: options.lagMs,
            eventLagMs: options.eventLagMs,
          },
          log: options.log ?? (() => undefined),
          onJiraAnswer: options.onJiraAnswer,
          appBudgets,
        }),
    );
    const sandbox = new Sandbox(clock, local, handlers, hosts, storage, wire);
    try {
      for (const [index, site] of local.entries()) {
        await sandbox.serve(site, options.firstPort === undefined ? 0 : options.firstPort + index);
      }
      for (const site of local) site.start();
    } catch (error) {
      await sandbox.dispose();
      throw error;
    }
    return sandbox;
  }

  /** @throws Error if there is no such site */
  site(name: string): Site {
    const site = this.sites.find(({ identity }) => identity.name === name);
    if (!site) throw new Error(`The sandbox has no site "${name}"`);
    return site;
  }

  /** Loads the app's functions and begins to build its pages now, before they are first asked for. */
  async warmUp(): Promise<void> {
    this.handlers.loadAll();
    await Promise.all(this.sites.map((site) => this.pagesOf(site)));
  }

  /** Lets the app's `fetch` to `https://<host>` reach `target`, as `http://127.0.0.1:1234`. */
  mapHost(host: string, target: string): void {
    this.hosts.set(host, { base: target, isSite: false });
  }

  /**
   * Waits until nothing moves unless the clock does: every invocation has ended, sleeps, or waits for a
   * server that is not a local site. For tests that then advance the clock.
   */
  settled(): Promise<void> {
    return this.quiet(3, () => new Promise((resolve) => native.setTimeout(resolve, 5)));
  }

  /** An answer that has come takes the app some turns to read: quiet several times over is quiet. */
  private async quiet(times: number, turn: () => Promise<void>): Promise<void> {
    for (let quiet = 0; quiet < times; quiet += 1) {
      await turn();
      const isQuiet = this.wire.isQuiet && this.clock.isStill;
      if (!isQuiet || !this.sites.every(({ isSettled }) => isSettled)) quiet = -1;
    }
  }

  /**
   * Moves time forward by `ms`, from one thing that falls due to the next, and lets each of them come to rest
   * before time goes on: its platform calls, its requests to other sites, what it has set off.
   */
  advance(ms: number): Promise<void> {
    // One after the other: two who advance at once move time by both.
    this.advancing = this.advancing.then(() => this.moveOn(ms));
    return this.advancing;
  }

  private async moveOn(ms: number): Promise<void> {
    const target = this.clock.now() + ms;
    await this.rest();
    for (;;) {
      const dueAt = this.clock.nextDueAt(target);
      if (dueAt === undefined) break;
      await this.clock.advance(Math.max(0, dueAt - this.clock.now()));
      await this.rest();
    }
    await this.clock.advance(Math.max(0, target - this.clock.now()));
    await this.rest();
  }

  /** Stops all that runs and frees the ports. */
  async dispose(): Promise<void> {
    for (const site of this.sites) site.stop();
    await Promise.all(this.servers.map((server) => server.close()));
    this.clock.dispose();
    await this.storage.close();
  }

  /**
   * As `settled`, for what runs already: requests of others that are still on their way to a site are not waited
   * for. Turns of the event loop are enough, and a story of hours has many thousand such waits.
   */
  private async rest(): Promise<void> {
    if (this.sites.every(({ isQuiet }) => isQuiet)) return;
    await this.quiet(QUIET_TURNS, () => new Promise((resolve) => native.setImmediate(resolve)));
  }

  /** Built when they are first asked for: most tests look at no page. */
  private async pagesOf(site: Site): Promise<HostPages> {
    const known = this.pages.get(site);
    if (known) return known;
    const { createHostPages } = await import('./host/pages');
    const { identity, jira, manifest } = site;
    const created = createHostPages({
      site: identity,
      jira,
      manifest,
      projectRoot: manifest.projectRoot,
    });
    this.pages.set(site, created);
    return created;
  }

  private async serve(site: Site, port: number): Promise<void> {
    const server = new SiteServer(site, this.wire, () => this.pagesOf(site));
    this.servers.push(server);
    const bound = await server.listen(port);
    site.url = `http://localhost:${bound}`;
    for (const host of webTriggerHosts(site.identity)) {
      this.hosts.set(host, { base: `http://127.0.0.1:${bound}`, isSite: true });
    }
  }
}
