/** How Jira's REST API writes down what the site knows. */
import type { SiteIdentity } from '../site';
import { hasGlobalPermission, type Caller } from './permissions';
import type { JiraProject, JiraStore, JiraUser } from './store';

/** Who looks, and where. */
export interface View {
  site: SiteIdentity;
  store: JiraStore;
  caller: Caller;
}

const AVATAR_SIZES = { '16x16': 'xsmall', '24x24': 'small', '32x32': 'medium', '48x48': 'large' };

/** A user as `user/search` and `users/search` list it. */
export function userInList(view: View, user: JiraUser) {
  const { site } = view;
  return {
    self: `${site.baseUrl}/rest/api/3/user?accountId=${encodeURIComponent(user.accountId)}`,
    accountId: user.accountId,
    accountType: user.accountType,
    ...(canSeeEmail(view, user) ? { emailAddress: user.emailAddress } : {}),
    avatarUrls: avatarUrls(
      `${site.baseUrl}/secure/useravatar?ownerId=${encodeURIComponent(user.accountId)}`,
    ),
    displayName: user.displayName,
    active: user.active,
    timeZone: user.timeZone,
    locale: user.locale,
  };
}

/** A user as an issue, a comment or a history names them. */
export function userInField(view: View, user: JiraUser) {
  const { locale, ...rest } = userInList(view, user);
  return rest;
}

/** A user as `user` and `myself` describe it; lists of groups and applications only when expanded. */
export function userInDetail(view: View, user: JiraUser, expand: ReadonlySet<string>) {
  const { site, store } = view;
  const groups = user.groups.flatMap((name) => store.group(name) ?? []);
  const items = groups.map(({ name, groupId }) => ({
    name,
    groupId,
    self: `${site.baseUrl}/rest/api/3/group?groupId=${groupId}`,
  }));
  // People have Jira Software; apps need no licence, customers have none.
  const applications =
    user.accountType === 'atlassian' ? [{ key: 'jira-software', name: 'Jira Software' }] : [];
  return {
    ...userInList(view, user),
    groups: { size: items.length, items: expand.has('groups') ? items : [] },
    applicationRoles: {
      size: applications.length,
      items: expand.has('applicationRoles') ? applications : [],
    },
    expand: 'groups,applicationRoles',
  };
}

/**
 * E-mail addresses are hidden but from oneself and from Jira admins: the strictest profile visibility.
 * An app sees none ("Profile visibility" in Atlassian's REST API: that takes a special approval).
 */
export function canSeeEmail({ store, caller }: View, user: JiraUser): boolean {
  if (user.emailAddress === undefined || caller === undefined) return false;
  return caller.accountId === user.accountId || hasGlobalPermission(store, caller, 'ADMINISTER');
}

/** A project as `project/search` lists it. */
export function projectInList(view: View, project: JiraProject, expand: ReadonlySet<string>) {
  const { site, store } = view;
  const lead = store.user(project.leadAccountId);
  return {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    self: `${site.baseUrl}/rest/api/3/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    ...(expand.has('description') ? { description: project.description } : {}),
    ...(expand.has('lead') && lead ? { lead: userInField(view, lead) } : {}),
    avatarUrls: avatarUrls(`${site.baseUrl}/secure/projectavatar?pid=${project.id}`),
    projectTypeKey: project.projectTypeKey,
    simplified: false,
    style: 'classic',
    isPrivate: false,
    properties: {},
  };
}

/** Jira writes instants as `2026-01-05T09:00:00.000+0000`. `ms` since the epoch. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}

/** A project as an issue names it. */
export function projectInField({ site }: View, project: JiraProject) {
  return {
    self: `${site.baseUrl}/rest/api/3/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: project.projectTypeKey,
    simplified: false,
    avatarUrls: avatarUrls(`${site.baseUrl}/secure/projectavatar?pid=${project.id}`),
  };
}

function avatarUrls(url: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(AVATAR_SIZES).map(([pixels, size]) => [pixels, `${url}&size=${size}`]),
  );
}
