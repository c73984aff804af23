/** Components and versions of projects. */
import { z } from 'zod';
import { componentShape, versionShape } from './configuration-shapes';
import type { Component, Version } from './configuration';
import { INVALID_PAYLOAD, refusal } from './errors';
import { canAdministerProject } from './permissions';
import { findProject, requireProjectAdmin } from './project-access';
import { Answer, param, type Call, type Route } from './route';
import { userInField, type View } from './shapes';

/** Atlassian's OpenAPI description, "Create component"; the same for versions. */
const MAX_NAME = 255;

export const projectPartRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/rest/api/3/project/{projectIdOrKey}/components',
    operationId: 'getProjectComponents',
    scopes: ['read:jira-work'],
    handle: (call) => componentsOf(call, findProject(call, param(call, 'projectIdOrKey')).id),
  },
  {
    method: 'GET',
    path: '/rest/api/3/project/{projectIdOrKey}/versions',
    operationId: 'getProjectVersions',
    scopes: ['read:jira-work'],
    handle: (call) => versionsOf(call, findProject(call, param(call, 'projectIdOrKey')).id),
  },
  {
    method: 'GET',
    path: '/rest/api/3/component/{id}',
    operationId: 'getComponent',
    scopes: ['read:jira-work'],
    handle(call) {
      const found = call.store.configuration.components.get(param(call, 'id'));
      if (!found) throw refusal(404, ['The component does not exist.']);
      findProject(call, found.projectId);
      return componentInDetail(call, found);
    },
  },
  {
    method: 'POST',
    path: '/rest/api/3/component',
    operationId: 'createComponent',
    scopes: ['manage:jira-project'],
    takesBody: true,
    handle: createComponent,
  },
  {
    method: 'GET',
    path: '/rest/api/3/version/{id}',
    operationId: 'getVersion',
    scopes: ['read:jira-work'],
    handle(call) {
      const found = call.store.configuration.versions.get(param(call, 'id'));
      if (!found) throw refusal(404, ['The version does not exist.']);
      findProject(call, found.projectId);
      return versionInDetail(call, found);
    },
  },
  {
    method: 'POST',
    path: '/rest/api/3/version',
    operationId: 'createVersion',
    scopes: ['manage:jira-project'],
    takesBody: true,
    handle: createVersion,
  },
];

/** By name, as Jira lists them ([2nd]). */
export function componentsOf(view: View, projectId: string) {
  return view.store.configuration.components
    .list()
    .filter((one) => one.projectId === projectId)
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .map((component) => componentInDetail(view, component));
}

/** In the order in which they are to be released. */
export function versionsOf(view: View, projectId: string) {
  return view.store.configuration.versions
    .list()
    .filter((one) => one.projectId === projectId)
    .map((version) => versionInDetail(view, version));
}

function componentInDetail(view: View, component: Component) {
  const project = view.store.project(component.projectId);
  const lead = view.store.user(component.leadAccountId ?? '');
  return {
    ...componentShape(view, component),
    ...(lead ? { lead: userInField(view, lead) } : {}),
    assigneeType: 'PROJECT_DEFAULT',
    realAssigneeType: 'PROJECT_DEFAULT',
    isAssigneeTypeValid: false,
    ...(project ? { project: project.key } : {}),
    projectId: Number(component.projectId),
  };
}

function versionInDetail(view: View, version: Version) {
  const { startDate, projectId } = version;
  return {
    ...versionShape(view, version),
    ...(startDate === undefined ? {} : { startDate }),
    projectId: Number(projectId),
  };
}

const componentSchema = z.looseObject({
  name: z.string(),
  project: z.string(),
  description: z.string().optional(),
  leadAccountId: z.string().optional(),
});

function createComponent(call: Call): Answer {
  const parsed = componentSchema.safeParse(call.body);
  if (!parsed.success) throw refusal(400, [INVALID_PAYLOAD]);
  const { name, project: key, description, leadAccountId } = parsed.data;
  const project = findProject(call, key);
  requireProjectAdmin(call, project);
  const { components } = call.store.configuration;
  checkName(name, components.list(), project.id, 'component');
  if (leadAccountId !== undefined && !call.store.user(leadAccountId)) {
    throw refusal(400, [], { leadAccountId: 'The user does not exist.' });
  }
  const component: Component = {
    id: call.store.nextId('component'),
    projectId: project.id,
    name,
    ...(description === undefined ? {} : { description }),
    ...(leadAccountId === undefined ? {} : { leadAccountId }),
  };
  components.put(component.id, component);
  return new Answer(201, componentInDetail(call, component));
}

const versionSchema = z.looseObject({
  name: z.string(),
  projectId: z.union([z.int(), z.string().regex(/^\d+$/)]).optional(),
  /** A key. Deprecated, and still understood. */
  project: z.string().optional(),
  description: z.string().optional(),
  released: z.boolean().default(false),
  archived: z.boolean().default(false),
  releaseDate: z.iso.date().optional(),
  startDate: z.iso.date().optional(),
});

function createVersion(call: Call): Answer {
  const parsed = versionSchema.safeParse(call.body);
  if (!parsed.success) throw refusal(400, [INVALID_PAYLOAD]);
  const { name, projectId, project: key, ...rest } = parsed.data;
  if (projectId === undefined && key === undefined) {
    throw refusal(400, [], { projectId: 'The project must be specified to create a version.' });
  }
  const project = findProject(call, String(projectId ?? key));
  // The description has 404 for whoever may not, and no 403.
  if (!canAdministerProject(call.store, call.caller, project)) {
    throw refusal(404, [`No project could be found with key '${project.key}'.`]);
  }
  const { versions } = call.store.configuration;
  checkName(name, versions.list(), project.id, 'version');
  const { description, released, archived, releaseDate, startDate } = rest;
  const version: Version = {
    id: call.store.nextId('version'),
    projectId: project.id,
    name,
    released,
    archived,
    ...(description === undefined ? {} : { description }),
    ...(releaseDate === undefined ? {} : { releaseDate }),
    ...(startDate === undefined ? {} : { startDate }),
  };
  versions.put(version.id, version);
  return new Answer(201, versionInDetail(call, version));
}

/** Unique in the project, without regard to case. @throws JiraRefusal 400 */
function checkName(
  name: string,
  others: { name: string; projectId: string }[],
  projectId: string,
  what: string,
): void {
  const taken = others.some(
    (one) => one.projectId === projectId && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken) {
    throw refusal(400, [], { name: `A ${what} with this name already exists in this project.` });
  }
  if (name.trim() === '' || name.length > MAX_NAME) {
    throw refusal(400, [], { name: `The ${what} name must have 1 to ${MAX_NAME} characters.` });
  }
}
