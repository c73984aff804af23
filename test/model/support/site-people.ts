/** What people do on whole sites, and what they remember of it. */
import type { SandboxStorage } from '../../../sandbox/storage';
import { call } from '../../support/sites';
import type { Synced, SyncedSite } from '../../support/synced-sites';
import {
  comment,
  create,
  edit,
  issueOf,
  moveTo,
  paragraph,
  type IssueSeen,
} from '../../support/twins';
import type { Shape, Step } from './site-plan';

/** Twins are known by their description, which nobody edits. */
export const caseOf = ({ fields }: IssueSeen): string | undefined =>
  /case-\d+/.exec(JSON.stringify(fields.description))?.[0];

const BY_ADMINS = ['pause', 'resume', 'contract', 'disable', 'enable'];

interface OwnComment {
  site: string;
  issue: string;
  id: string;
  text: string;
}

/** An issue that comes to its twins late is not deleted before: who deletes what is not whole yet deletes nothing. */
const OLD_MS = 400_000;

export class People {
  /** Summaries that were typed, and neither replaced by somebody who saw them nor known to be lost. */
  readonly open = new Map<string, string>();
  /** Case → sites where a person has deleted it. */
  readonly deleted = new Map<string, Set<string>>();
  readonly story: string[] = [];
  private readonly bornAt = new Map<string, number>();
  private readonly comments: OwnComment[] = [];
  private typed = 0;

  constructor(
    private readonly synced: Synced,
    private readonly shape: Shape,
    private readonly storage: SandboxStorage,
  ) {}

  names(): readonly string[] {
    return this.shape.sites;
  }

  tell(what: string): void {
    const { clock } = this.synced.sandbox;
    this.story.push(`${new Date(clock.now()).toISOString().slice(11, 23)} ${what}`);
  }

  /** All that a site has of our cases; not by a search, which would lag. */
  async issuesOf(name: string): Promise<IssueSeen[]> {
    const table = this.storage.table<unknown>(`${name}/jira:issues`);
    const site = this.synced.site(name);
    const issues = await Promise.all(table.entries().map(([id]) => issueOf(site, id)));
    return issues.filter((issue) => caseOf(issue) !== undefined);
  }

  async act(step: Step): Promise<void> {
    const name = of(this.names(), step.site);
    const site = this.synced.site(name);
    if (step.deed === 'create') return this.creates(name, site);
    if (BY_ADMINS.includes(step.deed)) return this.admins(name, site, step);
    const all = await this.issuesOf(name);
    if (all.length === 0) return this.creates(name, site);
    const issue = of(all, step.pick);
    this.tell(`${name} ${issue.key} ${caseOf(issue) ?? ''}: ${step.deed} ${step.value}`);
    try {
      await this.changes(name, site, issue, step);
    } catch (error) {
      // Somebody else was there: Jira has refused it.
      this.tell(`refused: ${(error as Error).message.slice(0, 120)}`);
    }
  }

  private async creates(name: string, site: SyncedSite): Promise<void> {
    // More would only make it slow.
    if (this.bornAt.size >= 3) return;
    const label = `case-${this.bornAt.size + 1}`;
    this.bornAt.set(label, this.synced.sandbox.clock.now());
    const summary = this.types(label);
    const id = await create(site, {
      summary,
      description: paragraph(`Known as ${label}.`),
      labels: ['start'],
    });
    this.tell(`${name} creates ${id} ${label} as ${summary}`);
  }

  private types(label: string): string {
    this.typed += 1;
    const summary = `typed ${this.typed}`;
    this.open.set(summary, label);
    return summary;
  }

  private async changes(
    name: string,
    site: SyncedSite,
    issue: IssueSeen,
    { deed, pick, value }: Step,
  ): Promise<unknown> {
    const { id, fields } = issue;
    const label = caseOf(issue) ?? '';
    switch (deed) {
      case 'summary': {
        this.open.delete(fields.summary);
        return edit(site, id, { summary: this.types(label) });
      }
      case 'fields': {
        const priority = { name: of(['Highest', 'High', 'Low'], value) };
        const duedate = of([null, '2026-12-01', '2026-12-24'], value + pick);
        return edit(site, id, value % 3 === 0 ? { duedate } : { priority, duedate });
      }
      case 'labels': {
        const one = of(['l1', 'l2', 'l3'], value);
        const labels = fields.labels.includes(one)
          ? fields.labels.filter((other) => other !== one)
          : [...fields.labels, one];
        return edit(site, id, { labels });
      }
      case 'status':
        return moveTo(site, id, of(['To Do', 'In Progress', 'Done'], value));
      case 'comment': {
        const text = `comment ${this.comments.length + 1}`;
        const made = await comment(site, id, text);
        this.comments.push({ site: name, issue: id, id: made, text });
        return;
      }
      case 'comment edit':
      case 'comment deletion': {
        const own = this.comments.filter((one) => one.site === name && one.issue === id);
        if (own.length === 0) return;
        const chosen = of(own, pick + value);
        const path = `issue/${id}/comment/${chosen.id}`;
        if (deed === 'comment deletion') return site.rest('DELETE', path);
        chosen.text += '+';
        return site.rest('PUT', path, { body: paragraph(chosen.text) });
      }
      case 'deletion':
        if (await this.isWhole(label)) return this.deletes(name, site, id, label);
    }
  }

  /** Everybody has known it for long. */
  private async isWhole(label: string): Promise<boolean> {
    const age = this.synced.sandbox.clock.now() - (this.bornAt.get(label) ?? 0);
    if (age < OLD_MS) return false;
    for (const name of this.names()) {
      const issues = await this.issuesOf(name);
      if (!issues.some((issue) => caseOf(issue) === label)) return false;
    }
    return true;
  }

  private async deletes(
    name: string,
    { rest }: SyncedSite,
    id: string,
    label: string,
  ): Promise<void> {
    await rest('DELETE', `issue/${id}`, undefined, 'admin');
    this.deleted.set(label, (this.deleted.get(label) ?? new Set()).add(name));
    this.tell(`${name} has deleted ${id} ${label}`);
  }

  /** The admin's page asks the app, which may not answer: the clock has to run on for it. */
  private async admins(name: string, site: SyncedSite, { deed, pick }: Step): Promise<void> {
    const { connection, contract } = of([...site.connections.values()], pick);
    this.tell(`${name}: ${deed}`);
    if (deed === 'pause') await this.asks(site, 'connections/pause', { id: connection });
    if (deed === 'resume') await this.asks(site, 'connections/resume', { id: connection });
    const place = { connection, id: contract };
    if (deed === 'disable') await this.asks(site, 'contracts/disable', place);
    if (deed === 'enable') await this.asks(site, 'contracts/enable', place);
    if (deed === 'contract') await this.setsPolicy(site, connection, contract, 'here');
  }

  /** Another than the other side has: nothing is taken until they say the same. */
  private async setsPolicy(
    site: SyncedSite,
    connection: string,
    id: string,
    policy: 'newest' | 'here',
  ): Promise<void> {
    const listed = await this.asks(site, 'contracts/list', { connection });
    const view = listed?.find((one) => one.id === id);
    if (!view) return;
    const { name, projectId, issueTypeIds, events, direction, internalComments, onRemoteDelete } =
      view;
    const same = { connection, name, projectId, issueTypeIds, events, direction };
    const draft = { ...same, internalComments, onRemoteDelete, policy };
    await this.asks(site, 'contracts/update', { id, draft });
  }

  /** Everything is as it was set up. */
  async mend(): Promise<void> {
    for (const name of this.names()) {
      const site = this.synced.site(name);
      for (const { connection, contract } of site.connections.values()) {
        await this.asks(site, 'connections/resume', { id: connection });
        await this.setsPolicy(site, connection, contract, 'newest');
        await this.asks(site, 'contracts/enable', { connection, id: contract });
      }
    }
  }

  private asks: AsksFor = async (site, key, request) => {
    const asked = call(site.site, key, request).then(
      (answer) => {
        if (!answer.ok) this.tell(`${key}: ${JSON.stringify(answer.errors).slice(0, 120)}`);
        return answer.ok ? answer.value : undefined;
      },
      (error: unknown) => {
        this.tell(`${key}: ${String(error).slice(0, 120)}`);
        return undefined;
      },
    );
    // Longer than a resolver may take.
    await this.synced.sandbox.advance(30_000);
    return asked;
  };
}

type AsksFor = <K extends Parameters<typeof call>[1]>(
  site: SyncedSite,
  key: K,
  request: Parameters<typeof call<K>>[2],
) => Promise<Extract<Awaited<ReturnType<typeof call<K>>>, { ok: true }>['value'] | undefined>;

/** One of `all`, which must not be empty, by any number. */
function of<T>(all: readonly T[], number: number): T {
  const one = all[number % all.length];
  if (one === undefined) throw new Error('There is nothing to pick from');
  return one;
}
