/** Permissions: which there are, and who has which. */
import { z } from 'zod';
import { getComment } from './comment-access';
import { INVALID_PAYLOAD, refusal } from './errors';
import { getIssue, userCanSeeIssue } from './issue-access';
import { permissionCatalogue, type Permission } from './permission-catalogue';
import {
  canViewProject,
  hasGlobalPermission,
  hasProjectPermission,
  type Caller,
} from './permissions';
import { listOf, type Call, type Route } from './route';
import type { JiraProject } from './store';

/** `permissions/check` takes at most so many projects, and as many issues. */
const MAX_CHECKED = 1000;

export const permissionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/rest/api/3/permissions',
    operationId: 'getAllPermissions',
    scopes: ['manage:jira-configuration'],
    handle: () => ({
      permissions: Object.fromEntries(
        // Without ids, as in the example of Atlassian's OpenAPI description.
        [...permissionCatalogue.values()].map(({ key, name, type, description }) => [
          key,
          { key, name, type, description },
        ]),
      ),
    }),
  },
  {
    method: 'GET',
    path: '/rest/api/3/mypermissions',
    operationId: 'getMyPermissions',
    scopes: ['read:jira-work'],
    handle: getMyPermissions,
  },
  {
    method: 'POST',
    path: '/rest/api/3/permissions/check',
    operationId: 'getBulkPermissions',
    // The OpenAPI description lists none, but its text demands this one from June 15, 2024 on.
    scopes: ['read:jira-work'],
    takesBody: true,
    handle: getBulkPermissions,
  },
];

function getMyPermissions(call: Call): unknown {
  const { query, store, caller } = call;
  const keys = [...listOf(query, 'permissions')];
  if (keys.length === 0) throw refusal(400, ["The 'permissions' query parameter is required."]);
  const asked = known(keys);
  if (query.has('commentId') && keys.some((key) => key !== 'BROWSE_PROJECTS')) {
    throw refusal(400, ['Only BROWSE_PROJECTS can be asked of a comment.']);
  }
  const project = contextOf(call);
  // Without a context a project permission counts where any project grants it.
  const projects = project ? [project] : store.projects();
  const has = ({ type, key }: Permission): boolean =>
    type === 'GLOBAL'
      ? hasGlobalPermission(store, caller, key)
      : projects.some((one) => hasProjectPermission(caller, one, key));
  return {
    permissions: Object.fromEntries(
      asked.map((permission) => [
        permission.key,
        { ...permission, havePermission: has(permission) },
      ]),
    ),
  };
}

/**
 * The own project of a comment or an issue goes before one that is named.
 *
 * @throws JiraRefusal 404 for a comment, issue or project that is not there or that the caller cannot see
 */
function contextOf(call: Call): JiraProject | undefined {
  const { query, store, caller } = call;
  const comment = query.get('commentId');
  if (comment !== null) return getComment(call, comment).project;
  const issue = query.get('issueId') ?? query.get('issueKey');
  if (issue !== null) return getIssue(call, issue).project;
  const id = query.get('projectId');
  const key = query.get('projectKey');
  if (id === null && key === null) return undefined;
  // `projectKey` is ignored where `projectId` is given.
  const project =
    id === null ? store.project(key ?? '') : store.projects().find((one) => one.id === id);
  if (!project || !canViewProject(store, caller, project)) {
    const what = id === null ? `key '${key ?? ''}'` : `id '${id}'`;
    throw refusal(404, [`No project could be found with ${what}.`]);
  }
  return project;
}

/** A number, or its digits as text, which `authorize()` sends as it is given them (Forge: Authorize API, `Id`). */
const idSchema = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);
const idsSchema = z.array(idSchema).nullish();

const bulkSchema = z.strictObject({
  accountId: z.string().nullish(),
  globalPermissions: z.array(z.string()).nullish(),
  projectPermissions: z
    .array(
      z.strictObject({
        permissions: z.array(z.string()),
        projects: idsSchema,
        issues: idsSchema,
      }),
    )
    .nullish(),
});

function getBulkPermissions(call: Call): unknown {
  const parsed = bulkSchema.safeParse(call.body);
  if (!parsed.success) throw refusal(400, [INVALID_PAYLOAD]);
  const { accountId, globalPermissions, projectPermissions } = parsed.data;
  const user = accountId ? userToCheck(call, accountId) : call.caller;
  known(globalPermissions ?? [], 'GLOBAL');
  limitIds((projectPermissions ?? []).flatMap(({ projects }) => projects ?? []));
  limitIds((projectPermissions ?? []).flatMap(({ issues }) => issues ?? []));
  const asked = (projectPermissions ?? []).map((one) => ({
    // Empty strings are ignored, and so are ids of projects and issues that are not there.
    permissions: known(
      one.permissions.filter((key) => key !== ''),
      'PROJECT',
    ),
    projects: existing(call, one.projects ?? []),
    issues: (one.issues ?? []).flatMap((id) => call.store.issues.find(String(id)) ?? []),
  }));
  if (projectPermissions && asked.every(({ permissions }) => permissions.length === 0)) {
    throw refusal(400, ['At least one project permission must be provided.']);
  }
  const granted = new Map<string, { projects: Set<number>; issues: Set<number> }>();
  for (const { permissions, projects, issues } of asked) {
    for (const { key } of permissions) {
      const ids = granted.get(key) ?? { projects: new Set(), issues: new Set() };
      granted.set(key, ids);
      for (const project of projects) {
        if (hasProjectPermission(user, project, key)) ids.projects.add(Number(project.id));
      }
      for (const issue of issues) {
        const project = call.store.project(issue.projectId);
        const granted = project && hasProjectPermission(user, project, key);
        if (granted && userCanSeeIssue(call.store, user, issue)) ids.issues.add(Number(issue.id));
      }
    }
  }
  return {
    globalPermissions: [...new Set(globalPermissions)].filter((key) =>
      hasGlobalPermission(call.store, user, key),
    ),
    projectPermissions: [...granted].map(([permission, { projects, issues }]) => ({
      permission,
      issues: [...issues],
      projects: [...projects],
    })),
  };
}

/** Asking for somebody else is for Jira admins only. @throws JiraRefusal 403, 400 */
function userToCheck({ store, caller }: Call, accountId: string): Caller {
  if (caller?.accountId === accountId) return caller;
  if (!hasGlobalPermission(store, caller, 'ADMINISTER')) {
    throw refusal(403, ['Only Jira administrators can perform this operation.']);
  }
  const user = store.user(accountId);
  if (!user) throw refusal(400, [`The account ID '${accountId}' is not valid.`]);
  return user;
}

/** The permissions of these keys. @throws JiraRefusal 400 for a key that Jira does not know (in `type`) */
function known(keys: Iterable<string>, type?: Permission['type']): Permission[] {
  const unknown: Record<string, string> = {};
  const permissions: Permission[] = [];
  for (const key of keys) {
    const permission = permissionCatalogue.get(key);
    if (permission && (type === undefined || permission.type === type)) {
      permissions.push(permission);
    } else {
      unknown[key] = 'Unrecognized permission';
    }
  }
  if (Object.keys(unknown).length > 0) throw refusal(400, [], unknown);
  return permissions;
}

function existing({ store }: Call, ids: readonly number[]): JiraProject[] {
  return store.projects().filter(({ id }) => ids.includes(Number(id)));
}

/** Jira counts the valid ids only; here all count, which is never kinder. @throws JiraRefusal 400 */
function limitIds(ids: readonly number[]): void {
  if (new Set(ids).size > MAX_CHECKED) {
    throw refusal(400, [
      `At most ${MAX_CHECKED} projects and ${MAX_CHECKED} issues can be checked.`,
    ]);
  }
}
