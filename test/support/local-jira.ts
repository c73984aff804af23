/** A local Jira of its own for a test, each of its answers checked. */
import { Clock } from '../../sandbox/clock';
import type { JiraEvent } from '../../sandbox/jira/events';
import { Jira, type JiraOptions, type JiraUser, type Principal } from '../../sandbox/jira/jira';
import { siteIdentity } from '../../sandbox/site';
import { MemoryStorage } from '../../sandbox/storage';
import { checkJiraAnswer } from './openapi';

export interface LocalJiraAnswer {
  status: number;
  headers: Record<string, string>;
  /** Parsed JSON, text that is no JSON, or `undefined`. */
  body: unknown;
}

export class LocalJira {
  readonly site = siteIdentity('north');
  readonly clock = new Clock('virtual');
  readonly jira: Jira;

  /** Every change that the site has told of, oldest first. */
  readonly events: JiraEvent[] = [];

  constructor(
    readonly storage = new MemoryStorage(),
    more: Pick<JiraOptions, 'searchLagMs' | 'seed' | 'indexedProperties'> = {},
  ) {
    this.jira = new Jira({
      site: this.site,
      storage,
      clock: this.clock,
      appName: 'IssueSYNC for Jira',
      onAnswer: checkJiraAnswer,
      publish: (event) => this.events.push(event),
      ...more,
    });
  }

  /** The seeded account `name@north.example`. */
  user(name: string): JiraUser {
    const user = this.jira.findUserByEmail(`${name}@north.example`);
    if (!user) throw new Error(`no ${name}`);
    return user;
  }

  projectId(key: string): number {
    return projectIdIn(this.jira, key);
  }

  /** @param as the name of an account, `app`, `app:name` (the app as that account), or `anonymous` */
  get(path: string, as: string): Promise<LocalJiraAnswer> {
    return this.request('GET', path, as);
  }

  post(path: string, body: unknown, as: string): Promise<LocalJiraAnswer> {
    return this.request('POST', path, as, JSON.stringify(body));
  }

  put(path: string, body: unknown, as: string): Promise<LocalJiraAnswer> {
    return this.request('PUT', path, as, JSON.stringify(body));
  }

  delete(path: string, as: string): Promise<LocalJiraAnswer> {
    return this.request('DELETE', path, as);
  }

  async request(
    method: string,
    path: string,
    as: string,
    body?: string,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ): Promise<LocalJiraAnswer> {
    const response = await this.jira.handle({
      method,
      path: `/rest/api/3/${path}`,
      headers,
      body,
      principal: this.principal(as),
    });
    const isJson = response.headers['content-type']?.startsWith('application/json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(response.body ?? '') : response.body,
    };
  }

  private principal(as: string): Principal {
    if (as === 'app') return { type: 'app' };
    if (as === 'anonymous') return { type: 'anonymous' };
    const name = as.replace(/^app:/, '');
    const accountId = this.user(name).accountId;
    return { type: 'user', accountId, ...(name === as ? {} : { byApp: true }) };
  }
}

/** The numeric id of a project. */
export function projectIdIn(jira: Jira, key: string): number {
  const project = jira.projects().find((one) => one.key === key);
  if (!project) throw new Error(`no ${key}`);
  return Number(project.id);
}
