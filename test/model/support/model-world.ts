/** Sites with their Jira and their store, and the connections between them. */
import { applyMessage } from '../../../src/sync/apply';
import type { Peer, SyncContext } from '../../../src/sync/context';
import { deliver } from '../../../src/sync/deliver';
import { markGone } from '../../../src/sync/gone';
import { newRow } from '../../../src/sync/outbox';
import { linkKey, type OutboxRow } from '../../../src/sync/records';
import { EVERYTHING } from '../../support/sync-rules';
import { ModelJira } from './model-jira';
import { ModelStore } from './model-store';
import { Scheduler, Task, type Chances } from './scheduler';

export interface Faults extends Chances {
  /** That an answer of the remote is lost. */
  lose: number;
  /** That an event comes twice. */
  duplicate: number;
}

const NO_FAULTS: Faults = { kill: 0, pause: 0, lose: 0, duplicate: 0 };

interface ModelSite {
  name: string;
  jira: ModelJira;
  store: ModelStore;
  /** Connection → the site at its other end. */
  connections: Map<string, string>;
}

export class ModelWorld {
  readonly scheduler: Scheduler;
  readonly sites = new Map<string, ModelSite>();
  /** What went wrong that nobody expects. */
  readonly errors: unknown[] = [];

  constructor(
    seed: number,
    private faults: Faults,
    links: readonly (readonly [string, string])[],
    skewMs: number,
  ) {
    this.scheduler = new Scheduler(seed, faults);
    for (const [one, other] of links) {
      const connection = `${one}-${other}`;
      this.site(one, skewMs).connections.set(connection, other);
      this.site(other, -skewMs).connections.set(connection, one);
    }
  }

  names(): string[] {
    return [...this.sites.keys()];
  }

  at(name: string): ModelSite {
    const site = this.sites.get(name);
    if (!site) throw new Error(`There is no site ${name}`);
    return site;
  }

  /** Whether a connection has looked at the issue. */
  isKnown(name: string, issue: string): boolean {
    const links = this.at(name).store.all('link');
    return links.some((link) => link.issue === issue);
  }

  /** Faults end, time goes on, and the tick finds what nobody has woken up. */
  async rest(): Promise<void> {
    Object.assign(this.faults, NO_FAULTS);
    this.scheduler.chances = NO_FAULTS;
    await this.scheduler.settle();
    for (let round = 0; round < 60 && this.waiting() > 0; round += 1) {
      this.scheduler.now += 5 * 60_000;
      for (const site of this.sites.values()) {
        for (const row of site.store.all('outbox')) {
          if (!row.failed) this.wake(site, row);
        }
      }
      await this.scheduler.settle();
    }
  }

  waiting(): number {
    const rows = [...this.sites.values()].flatMap(({ store }) => store.all('outbox'));
    return rows.filter((row) => !row.failed).length;
  }

  private site(name: string, skewMs: number): ModelSite {
    const known = this.sites.get(name);
    if (known) return known;
    const keepsCapitals = name === 'b';
    const site: ModelSite = {
      name,
      jira: new ModelJira(
        name,
        this.scheduler,
        (summary) => (keepsCapitals ? summary.toUpperCase() : summary),
        (issue, kind) => this.event(name, issue, kind),
        skewMs,
      ),
      store: new ModelStore(this.scheduler),
      connections: new Map(),
    };
    this.sites.set(name, site);
    return site;
  }

  /** A product event, late, perhaps twice; the platform repeats it until the app has taken it. */
  private event(name: string, issue: string, kind: 'changed' | 'deleted'): void {
    const site = this.at(name);
    for (const connection of site.connections.keys()) {
      const times = this.scheduler.fault('an event comes twice', this.faults.duplicate) ? 2 : 1;
      for (let copy = 0; copy < times; copy += 1) {
        this.run(async () => {
          await this.scheduler.turn();
          if (kind === 'deleted') {
            await this.deleted(site, connection, issue);
            return;
          }
          const row = newRow(
            { connection, contract: EVERYTHING.contract.id, issue },
            this.sources(),
          );
          site.store.write('outbox', linkKey(connection, issue), row);
          this.wake(site, row);
        });
      }
    }
  }

  /** The platform calls again until the app has taken the event: a run that is not ended stands for that. */
  private async deleted(site: ModelSite, connection: string, issue: string): Promise<void> {
    const world = this.contextOf(site, connection, new Task(this.scheduler.now, true));
    const row = await markGone(world, { connection, contract: EVERYTHING.contract.id, issue });
    if (row) this.wake(site, row);
  }

  private wake(site: ModelSite, row: OutboxRow): void {
    this.run(async () => {
      await this.scheduler.turn();
      const { connection } = row;
      const context = this.contextOf(site, connection, new Task(this.scheduler.now));
      await deliver(context, this.peerOf(site, connection), row);
    });
  }

  private peerOf(site: ModelSite, connection: string): Peer<string> {
    const remote = this.at(site.connections.get(connection) ?? '');
    return {
      exchange: async (messages) => {
        await this.scheduler.turn();
        const task = new Task(this.scheduler.now);
        const context = this.contextOf(remote, connection, task);
        // What travels is JSON, and comes whether or not the sender still waits for the answer.
        const received = structuredClone(messages);
        const answer = Promise.all(received.map((message) => applyMessage(context, message)));
        if (this.scheduler.fault('an answer is lost', this.faults.lose)) {
          // The caller gives up, some time or at once; the remote goes on.
          answer.catch((error: unknown) => this.errors.push(error));
          if (this.scheduler.chance(0.5)) await Promise.race([answer, task.ended]);
          throw new NoAnswer();
        }
        const results = await Promise.race([answer, task.ended]);
        if (results === undefined) throw new NoAnswer();
        return structuredClone(results);
      },
    };
  }

  private contextOf(site: ModelSite, connection: string, task: Task): SyncContext<string> {
    return {
      connection,
      site: site.name,
      remoteSite: site.connections.get(connection) ?? '',
      policy: { kind: 'newest' },
      rules: EVERYTHING,
      store: site.store.portOf(task),
      issues: site.jira.portOf(task, connection),
      sources: this.sources(),
      unsendable: () => undefined,
    };
  }

  private sources() {
    return { now: () => this.scheduler.now, newId: () => this.scheduler.newId() };
  }

  private run(task: () => Promise<void>): void {
    task().catch((error: unknown) => {
      if (!(error instanceof NoAnswer)) this.errors.push(error);
    });
  }
}

class NoAnswer extends Error {}
