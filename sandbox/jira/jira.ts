/**
 * A local Jira Cloud site: its REST API, version 3, and what tests and the site's own page do to it.
 * Scopes and impersonation are the platform's business (`sandbox/forge`): `handle` answers whoever it is
 * told is calling.
 */
import type { Clock } from '../clock';
import { QueryLag } from '../query-lag';
import type { SiteIdentity } from '../site';
import type { SandboxStorage } from '../storage';
import { JiraRefusal, json, methodNotAllowed, noSuchRoute, NotModelled } from './errors';
import { permissionCatalogue } from './permission-catalogue';
import type { Actor, Publish } from './events';
import { fieldById } from './fields';
import { changeFields, type Change } from './issue-changes';
import type { JiraIssue } from './issue-store';
import type { IndexedProperty } from './jql-properties';
import { moveIssue, renameProject } from './moves';
import { grant, withdraw, type Caller } from './permissions';
import { bodyOf, pathOf, queryOf } from './request';
import { Answer } from './route';
import { findRoute, methodsOf, type FoundRoute } from './routes';
import { seed } from './seed';
import { JiraStore, type JiraProject, type JiraUser } from './store';
import type { JiraRequest, JiraResponse, Principal } from './types';

export type { IndexedProperty } from './jql-properties';
export type { JiraProject, JiraUser } from './store';
export type { JiraRequest, JiraResponse, Principal } from './types';

export interface JiraOptions {
  site: SiteIdentity;
  storage: SandboxStorage;
  clock: Clock;
  /** What the app's own account is called. */
  appName: string;
  /**
   * Sees every answer before it is given; what it throws, `handle` throws. Tests compare each answer with
   * Atlassian's OpenAPI description. `operationId` is `undefined` where there is no such operation.
   */
  onAnswer?: (
    request: JiraRequest,
    response: JiraResponse,
    operationId: string | undefined,
  ) => void;
  /** Is told of every change, after it was made, in the order of the changes. */
  publish?: Publish;
  /** How far searches are behind the writes at most, in ms (Jira: Search and reconcile); 0 if not said. */
  searchLagMs?: () => number;
  /** What apps have had indexed; nothing if not said. */
  indexedProperties?: readonly IndexedProperty[];
  /** What the delay of each write is drawn from. */
  seed?: number;
  /** Is told what real Jira does and this one does not, before `handle` throws. */
  onUnmodelled?: (what: string) => void;
}

export class Jira {
  private readonly site: SiteIdentity;
  private readonly store: JiraStore;
  private readonly clock: Clock;
  private readonly onAnswer: JiraOptions['onAnswer'];
  private readonly publish: Publish;
  private readonly searchLag: QueryLag;
  private readonly onUnmodelled: JiraOptions['onUnmodelled'];

  /** Opens the site in `storage`, and fills it where it is new. */
  constructor(options: JiraOptions) {
    const { site, storage, clock, appName, onAnswer, publish } = options;
    this.site = site;
    this.clock = clock;
    this.onAnswer = onAnswer;
    this.publish = publish ?? (() => undefined);
    this.onUnmodelled = options.onUnmodelled;
    // Without a lag: what a new site holds is some days old.
    const newStore = new JiraStore(storage, site.name);
    if (newStore.isEmpty()) seed(newStore, site, appName, clock.now());
    this.searchLag = new QueryLag(options.seed ?? 1, clock, options.searchLagMs ?? (() => 0));
    this.store = new JiraStore(storage, site.name, this.searchLag, options.indexedProperties);
  }

  /** Answers a request of the REST API; errors are answers too. */
  async handle(request: JiraRequest): Promise<JiraResponse> {
    const route = findRoute(request.method, pathOf(request));
    const response = this.answer(request, route);
    this.onAnswer?.(request, response, route?.route.operationId);
    return response;
  }

  /**
   * The classic scopes that an app needs for this call, or `undefined` where there is no such route.
   *
   * @param path with or without a query
   */
  requiredScopes(method: string, path: string): string[] | undefined {
    const found = findRoute(method, pathOf({ path }));
    return found && [...found.route.scopes];
  }

  /**
   * The path of the endpoint that a call goes to, as `/rest/api/3/issue/{issueIdOrKey}`, and the id of the
   * issue that it names. A path that no endpoint has stands for itself.
   */
  endpointOf(method: string, path: string): { path: string; issueId: string | undefined } {
    const found = findRoute(method, pathOf({ path }));
    if (!found) return { path: pathOf({ path }), issueId: undefined };
    const named = found.params.issueIdOrKey;
    const issueId = named === undefined ? undefined : (this.store.issues.find(named)?.id ?? named);
    return { path: found.route.path, issueId };
  }

  /** When (ms since the epoch) searches see every change that was made so far. */
  searchSettledAt(): number {
    return this.searchLag.settledAt();
  }

  findUserByEmail(email: string): JiraUser | undefined {
    const wanted = email.toLowerCase();
    return this.users().find(({ emailAddress }) => emailAddress?.toLowerCase() === wanted);
  }

  findUser(accountId: string): JiraUser | undefined {
    return this.store.user(accountId);
  }

  /** The one admin that each site has. */
  siteAdmin(): JiraUser {
    const email = `admin@${this.site.name}.example`;
    const admin = this.findUserByEmail(email);
    if (!admin) throw new Error(`${this.site.name} has no ${email}`);
    return admin;
  }

  /** All accounts: people, apps, customers; inactive ones too. */
  users(): JiraUser[] {
    return this.store.users();
  }

  projects(): JiraProject[] {
    return this.store.projects();
  }

  /** Deactivates an account, or brings it back. */
  setActive(accountId: string, active: boolean): void {
    this.store.putUser({ ...this.existingUser(accountId), active });
  }

  /** Takes a project permission from an account, whatever granted it. */
  deny(accountId: string, projectKey: string, permission: string): void {
    this.changeProject(projectKey, permission, (project) =>
      withdraw(project, permission, this.existingUser(accountId), this.users()),
    );
  }

  /** Gives a project permission to an account. */
  allow(accountId: string, projectKey: string, permission: string): void {
    this.changeProject(projectKey, permission, (project) =>
      grant(project, permission, this.existingUser(accountId)),
    );
  }

  /** Puts an account into a role of a project. */
  giveRole(accountId: string, projectKey: string, role: string): void {
    const project = this.existingProject(projectKey);
    const holders = project.roles[role] ?? [];
    this.store.putProject({
      ...project,
      roles: { ...project.roles, [role]: [...holders, this.existingUser(accountId).accountId] },
    });
  }

  /** Gives a project another key, as an admin does. Old keys of its issues lead to them still. */
  renameProject(key: string, newKey: string): void {
    renameProject(this.changeBy(), this.existingProject(key), newKey);
  }

  /** Moves an issue to another project, or to another type there, as `by` (the admin) does on its page. */
  moveIssue(idOrKey: string, projectKey: string, typeName: string, by?: string): void {
    const project = this.existingProject(projectKey);
    const type = project.issueTypes.find(
      ({ issueTypeId }) => this.store.configuration.issueTypes.get(issueTypeId)?.name === typeName,
    );
    if (!type) throw new Error(`${projectKey} has no type ${typeName}`);
    moveIssue(this.changeBy(by), this.existingIssue(idOrKey), project, type.issueTypeId);
  }

  /** Gives an issue a security level of its project by name, or none. */
  setSecurityLevel(idOrKey: string, levelName: string | undefined, by?: string): void {
    const { configuration } = this.store;
    const issue = this.existingIssue(idOrKey);
    const level = this.existingProject(issue.projectId).securityLevelIds.find(
      (id) => configuration.securityLevels.get(id)?.name === levelName,
    );
    const field = fieldById(configuration, 'security');
    if (!field || (levelName !== undefined && level === undefined)) {
      throw new Error(`${issue.key} cannot have a level ${levelName ?? ''}`);
    }
    changeFields(this.changeBy(by), issue, new Map([[field, level]]));
  }

  /** Adds a field for a line of text to all issue types of a project, on these of their screens. @returns its id */
  addTextField(name: string, projectKey: string, screens: readonly ('create' | 'edit')[]): string {
    const project = this.existingProject(projectKey);
    const id = `customfield_${this.store.nextId('field')}`;
    this.store.configuration.customFields.put(id, { id, name, type: 'text' });
    this.store.putProject({
      ...project,
      issueTypes: project.issueTypes.map((type) => ({
        ...type,
        createScreen: [...type.createScreen, ...(screens.includes('create') ? [id] : [])],
        editScreen: [...type.editScreen, ...(screens.includes('edit') ? [id] : [])],
      })),
    });
    return id;
  }

  /** Puts a field that must be filled on the screen of every transition of that name. */
  demandOnScreen(transitionName: string, fieldId: string): void {
    const { workflows } = this.store.configuration;
    for (const workflow of workflows.list()) {
      const transitions = workflow.transitions.map((transition) => {
        if (transition.name !== transitionName) return transition;
        const { fields = [], required = [] } = transition.screen ?? {};
        const screen = { fields: [...fields, fieldId], required: [...required, fieldId] };
        return { ...transition, screen };
      });
      workflows.put(workflow.id, { ...workflow, transitions });
    }
  }

  private changeBy(accountId = this.siteAdmin().accountId): Change {
    const { site, store, clock, publish } = this;
    const view = { site, store, caller: this.existingUser(accountId) };
    return { view, actor: { accountId, by: 'user' }, now: clock.now(), publish };
  }

  private existingIssue(idOrKey: string): JiraIssue {
    const issue = this.store.issues.find(idOrKey);
    if (!issue) throw new Error(`${this.site.name} has no issue ${idOrKey}`);
    return issue;
  }

  private existingProject(idOrKey: string): JiraProject {
    const project = this.store.project(idOrKey);
    if (!project) throw new Error(`${this.site.name} has no project ${idOrKey}`);
    return project;
  }

  private changeProject(
    key: string,
    permission: string,
    change: (project: JiraProject) => void,
  ): void {
    const project = this.existingProject(key);
    if (permissionCatalogue.get(permission)?.type !== 'PROJECT') {
      throw new Error(`Jira has no project permission ${permission}`);
    }
    change(project);
    this.store.putProject(project);
  }

  private existingUser(accountId: string): JiraUser {
    const user = this.store.user(accountId);
    if (!user) throw new Error(`${this.site.name} has no account ${accountId}`);
    return user;
  }

  private answer(request: JiraRequest, found: FoundRoute | undefined): JiraResponse {
    try {
      if (!found) throw notRouted(request, this.site.baseUrl);
      const { route, params } = found;
      const caller = this.callerOf(request.principal);
      const result = route.handle({
        site: this.site,
        store: this.store,
        clock: this.clock,
        caller,
        actor: actorOf(request.principal, caller),
        publish: this.publish,
        params,
        query: queryOf(request),
        body: route.takesBody ? bodyOf(request) : undefined,
      });
      return result instanceof Answer ? responseOf(result) : json(200, result);
    } catch (error) {
      if (error instanceof JiraRefusal) return error.response;
      if (error instanceof NotModelled) this.onUnmodelled?.(error.message);
      throw error;
    }
  }

  /**
   * An account that cannot log in to Jira is answered as an anonymous caller, as Jira answers credentials
   * that it cannot resolve ([2nd]); a customer has no access to Jira at all.
   */
  private callerOf(principal: Principal): Caller {
    if (principal.type === 'anonymous') return undefined;
    const accountId = principal.type === 'app' ? this.site.appAccountId : principal.accountId;
    const user = this.store.user(accountId);
    return user?.active && user.accountType !== 'customer' ? user : undefined;
  }
}

function actorOf(principal: Principal, caller: Caller): Actor | undefined {
  if (!caller) return undefined;
  const byApp = principal.type === 'user' && principal.byApp === true;
  const by = principal.type === 'app' ? 'app' : byApp ? 'impersonated' : 'user';
  return { accountId: caller.accountId, by };
}

function responseOf({ status, body }: Answer): JiraResponse {
  return body === undefined ? { status, headers: {}, body } : json(status, body);
}

function notRouted(request: JiraRequest, baseUrl: string): JiraRefusal {
  const path = pathOf(request);
  const allowed = methodsOf(path);
  return allowed.length > 0 ? methodNotAllowed(allowed) : noSuchRoute(baseUrl + path);
}
