/** What people do on whole sites, and what they remember of it. */
import type { MemoryStorage } from '../../../sandbox/storage';
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
import { ADMIN_DEEDS, Admins, JIRA_DEEDS } from './site-admins';
import { MATCHED, type Shape, type Step } from './site-plan';

/** Twins are known by their description, which nobody edits. */
export const caseOf = ({ fields }: IssueSeen): string | undefined =>
  /case-\d+/.exec(JSON.stringify(fields.description))?.[0];

/** Who edits: somebody who sees also what is hidden, or elsewhere. */
const BY = 'admin';

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
  /** Deed → how often. */
  readonly did: Record<string, number> = {};
  readonly admins: Admins;
  private readonly bornAt = new Map<string, number>();
  private readonly comments: OwnComment[] = [];
  private typed = 0;

  constructor(
    private readonly synced: Synced,
    private readonly shape: Shape,
    private readonly storage: MemoryStorage,
  ) {
    this.admins = new Admins(synced, shape.sites, storage, (what) => this.tell(what));
  }

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
    this.did[step.deed] = (this.did[step.deed] ?? 0) + 1;
    if (step.deed === 'create') return this.creates(name, site);
    if (step.deed === 'kill') {
      this.kills(name, site, step);
      return;
    }
    const byAdmin = ADMIN_DEEDS.find((deed) => deed === step.deed);
    if (byAdmin) return this.admins.act(name, byAdmin, step.pick);
    const all = await this.issuesOf(name);
    if (all.length === 0) return this.creates(name, site);
    const issue = of(all, step.pick);
    this.tell(`${name} ${issue.key} ${caseOf(issue) ?? ''}: ${step.deed} ${step.value}`);
    try {
      const inJira = JIRA_DEEDS.find((deed) => deed === step.deed);
      if (inJira) this.admins.changes(name, inJira, issue);
      else await this.changes(name, site, issue, step);
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
    const summary = this.nextSummary();
    this.open.set(summary, label);
    const id = await create(site, {
      summary,
      description: paragraph(`Known as ${label}.`),
      labels: [MATCHED],
    });
    this.tell(`${name} creates ${id} ${label} as ${summary}`);
  }

  /** Whoever makes one of the next calls of the platform. */
  private kills(name: string, { site }: SyncedSite, { pick, value }: Step): void {
    const kill = { call: 1 + (pick % 12), when: value % 2 === 0 ? 'before' : 'after' } as const;
    this.tell(`${name}: a function is killed ${kill.when} its call, ${kill.call} from now`);
    site.setFaults({ kill });
  }

  private nextSummary(): string {
    this.typed += 1;
    return `typed ${this.typed}`;
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
        const summary = this.nextSummary();
        await edit(site, id, { summary }, BY);
        this.open.delete(fields.summary);
        this.open.set(summary, label);
        return;
      }
      case 'fields': {
        const priority = { name: of(['Highest', 'High', 'Low'], value) };
        const duedate = of([null, '2026-12-01', '2026-12-24'], value + pick);
        return edit(site, id, value % 3 === 0 ? { duedate } : { priority, duedate }, BY);
      }
      case 'labels': {
        const one = of(['l1', 'l2', 'l3'], value);
        const labels = fields.labels.includes(one)
          ? fields.labels.filter((other) => other !== one)
          : [...fields.labels, one];
        return edit(site, id, { labels }, BY);
      }
      case 'out':
        return edit(site, id, { labels: fields.labels.filter((one) => one !== MATCHED) }, BY);
      case 'in':
        return edit(site, id, { labels: [...fields.labels, MATCHED] }, BY);
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

  /** Everything is as it was set up. */
  async mend(): Promise<void> {
    await this.admins.mend((name) => this.issuesOf(name));
    for (const name of this.names()) {
      for (const { id, fields } of await this.issuesOf(name)) {
        if (fields.labels.includes(MATCHED)) continue;
        await edit(this.synced.site(name), id, { labels: [...fields.labels, MATCHED] }, BY);
      }
    }
  }
}

/** One of `all`, which must not be empty, by any number. */
function of<T>(all: readonly T[], number: number): T {
  const one = all[number % all.length];
  if (one === undefined) throw new Error('There is nothing to pick from');
  return one;
}
