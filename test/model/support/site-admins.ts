/** What admins do to the app's connections and contracts, and to issues in Jira; and how they put all in order again. */
import type { MemoryStorage } from '../../../sandbox/storage';
import { call } from '../../support/sites';
import type { Synced, SyncedSite } from '../../support/synced-sites';
import type { IssueSeen } from '../../support/twins';

/** Of a connection. */
export const ADMIN_DEEDS = ['pause', 'resume', 'contract', 'disable', 'enable', 'keys'] as const;
export type AdminDeed = (typeof ADMIN_DEEDS)[number];

/** Of an issue. */
export const JIRA_DEEDS = ['hide', 'show', 'move away', 'move back', 'new key'] as const;
export type JiraDeed = (typeof JIRA_DEEDS)[number];

/** The project of the contracts, and one that no contract is for; by the key that each had first. */
const PROJECT = 'DEMO';
const ELSEWHERE = 'OPS';

/** Of which nobody but administrators sees an issue. */
const HIDDEN = 'Confidential';

/** One end of a connection. */
interface End {
  name: string;
  other: string;
  site: SyncedSite;
  connection: string;
  contract: string;
}

/** Where the change of a Local Authentication Key has stopped; `key`: what the other side has to be told. */
type Rotation = { key: string } | 'told' | 'lost';

export class Admins {
  private readonly rotations = new Map<string, Rotation>();
  private renamed = 0;

  constructor(
    private readonly synced: Synced,
    private readonly names: readonly string[],
    storage: MemoryStorage,
    private readonly tell: (what: string) => void,
  ) {
    for (const name of names) allowLevels(storage, name);
  }

  async act(name: string, deed: AdminDeed, pick: number): Promise<void> {
    const ends = this.endsOf(name);
    const end = ends[pick % ends.length];
    if (!end) return;
    const { site, connection, contract: id } = end;
    this.tell(`${name}: ${deed}`);
    switch (deed) {
      case 'pause':
        await this.asks(site, 'connections/pause', { id: connection });
        break;
      case 'resume':
        await this.asks(site, 'connections/resume', { id: connection });
        break;
      case 'disable':
        await this.asks(site, 'contracts/disable', { connection, id });
        break;
      case 'enable':
        await this.asks(site, 'contracts/enable', { connection, id });
        break;
      case 'contract':
        await this.setsPolicy(end, 'here');
        break;
      case 'keys':
        await this.changesKeys(end);
    }
  }

  /** @throws Error where Jira does not let it happen */
  changes(name: string, deed: JiraDeed, { id }: IssueSeen): void {
    const { jira } = this.synced.site(name).site;
    switch (deed) {
      case 'hide':
        jira.setSecurityLevel(id, HIDDEN);
        break;
      case 'show':
        jira.setSecurityLevel(id, undefined);
        break;
      case 'move away':
        jira.moveIssue(id, ELSEWHERE, 'Task');
        break;
      case 'move back':
        jira.moveIssue(id, PROJECT, 'Task');
        break;
      case 'new key':
        this.renamed += 1;
        jira.renameProject(PROJECT, `${PROJECT}${this.renamed}`);
    }
  }

  /** Everything is as it was set up. */
  async mend(issuesOf: (name: string) => Promise<IssueSeen[]>): Promise<void> {
    for (const name of this.names) {
      for (const issue of await issuesOf(name)) {
        if (issue.fields.security) this.changes(name, 'show', issue);
        const isHome = issue.fields.project.id === this.projectOf(name);
        if (!isHome) this.changes(name, 'move back', issue);
      }
    }
    for (const end of this.names.flatMap((name) => this.endsOf(name))) {
      const { site, connection, contract: id } = end;
      await this.asks(site, 'connections/resume', { id: connection });
      for (let tries = 0; tries < 3 && this.rotations.get(connection) !== undefined; tries += 1) {
        await this.changesKeys(end);
      }
      await this.setsPolicy(end, 'newest');
      await this.asks(site, 'contracts/enable', { connection, id });
    }
  }

  /** What has ended with a person is tried again by one. */
  async retry(): Promise<void> {
    for (const { site, connection, contract: id } of this.names.flatMap((n) => this.endsOf(n))) {
      await this.asks(site, 'contracts/retry', { connection, id });
    }
  }

  private endsOf(name: string): End[] {
    const site = this.synced.site(name);
    return [...site.connections].map(([other, ids]) => ({ name, other, site, ...ids }));
  }

  private projectOf(name: string): string | undefined {
    const keys = new RegExp(`^${PROJECT}\\d*$`);
    const projects = this.synced.site(name).site.jira.projects();
    return projects.find(({ key }) => keys.test(key))?.id;
  }

  /** One step of it: a new key, telling the other side of it, the end of the old one. */
  private async changesKeys({ name, other, site, connection }: End): Promise<void> {
    const rotation = this.rotations.get(connection);
    if (rotation === 'told' || rotation === 'lost') {
      const retired = await this.asks(site, 'keys/retire', { id: connection });
      if (retired === undefined) return;
      this.rotations.delete(connection);
      if (rotation === 'told') return;
    }
    let key = typeof rotation === 'object' ? rotation.key : undefined;
    if (key === undefined) {
      const rotated = await this.asks(site, 'keys/rotate', { id: connection });
      key = rotated?.key;
      this.rotations.set(connection, key === undefined ? 'lost' : { key });
      if (key === undefined) return;
    }
    const there = this.synced.site(other);
    const end = there.connections.get(name);
    if (!end) return;
    const request = { id: end.connection, changes: { remoteKey: key } };
    const told = await this.asks(there, 'connections/update', request);
    if (told !== undefined) this.rotations.set(connection, 'told');
  }

  /** Another than the other side has: nothing is taken until they say the same. */
  private async setsPolicy(
    { site, connection, contract: id }: End,
    policy: 'newest' | 'here',
  ): Promise<void> {
    const listed = await this.asks(site, 'contracts/list', { connection });
    const view = listed?.find((one) => one.id === id);
    if (!view || view.policy === policy) return;
    const { name, projectId, issueTypeIds, jql, events, direction } = view;
    const { internalComments, onRemoteDelete } = view;
    const same = { connection, name, projectId, issueTypeIds, jql, events, direction };
    const draft = { ...same, internalComments, onRemoteDelete, policy };
    await this.asks(site, 'contracts/update', { id, draft });
  }

  /** The admin's page asks the app, which may not answer: the clock has to run on for it. */
  private asks: AsksFor = async (site, key, request) => {
    const answers: unknown[] = [];
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
    void asked.then((answer) => answers.push(answer));
    // At most as long as a resolver may take, and a little more.
    for (let seconds = 0; seconds < 30 && answers.length === 0; seconds += 1) {
      await this.synced.sandbox.advance(1_000);
    }
    return asked;
  };
}

type AsksFor = <K extends Parameters<typeof call>[1]>(
  site: SyncedSite,
  key: K,
  request: Parameters<typeof call<K>>[2],
) => Promise<Extract<Awaited<ReturnType<typeof call<K>>>, { ok: true }>['value'] | undefined>;

/** The seeded project has no security levels. */
function allowLevels(storage: MemoryStorage, name: string): void {
  const levels = storage.table<{ value: { id: string; name: string } }>(
    `${name}/jira:security-levels`,
  );
  const ids = levels.entries().map(([, { value }]) => value.id);
  const projects = storage.table<{ value: { key: string; securityLevelIds: string[] } }>(
    `${name}/jira:projects`,
  );
  for (const [id, project] of projects.entries()) {
    if (project.value.key !== PROJECT) continue;
    projects.set(id, { ...project, value: { ...project.value, securityLevelIds: ids } });
  }
}
