/** Projects with their issue types, statuses and fields, as somebody may see them. */
import { z } from 'zod';
import { JIRA_PERMISSION_CHECK_PROJECTS, JIRA_PROJECT_PAGE } from '../limits';
import {
  callJira,
  JiraError,
  type JiraClient,
  type JiraPrincipal,
  type TimeBudget,
} from './client';
import {
  fieldIn,
  fieldMetadataSchema,
  type FieldMetadata,
  type JiraField,
  type UnsupportedField,
} from './field-metadata';
import type { Status } from './transition-path';

export interface Project {
  id: string;
  key: string;
  name: string;
}

export interface ProjectWithTypes extends Project {
  issueTypes: { id: string; name: string; isSubtask: boolean }[];
}

/** An issue type with the statuses of its workflow in a project. */
export interface ProjectIssueType {
  id: string;
  name: string;
  isSubtask: boolean;
  statuses: readonly Status[];
}

const issueTypeSchema = z
  .object({ id: z.string(), name: z.string(), subtask: z.boolean() })
  .transform(({ subtask, ...type }) => ({ ...type, isSubtask: subtask }));

const projectPageSchema = z.object({
  isLast: z.boolean(),
  values: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      name: z.string(),
      issueTypes: z.array(issueTypeSchema).default([]),
    }),
  ),
});

/** Jira has a fourth, `undefined`, for statuses of no category. */
const categorySchema = z.enum(['new', 'indeterminate', 'done']).catch('new');

const typesWithStatusesSchema = z.array(
  z
    .object({
      id: z.string(),
      name: z.string(),
      subtask: z.boolean(),
      statuses: z.array(
        z
          .object({
            id: z.string(),
            name: z.string(),
            statusCategory: z.object({ key: categorySchema }),
          })
          .transform(({ id, name, statusCategory }) => ({
            id,
            name,
            category: statusCategory.key,
          })),
      ),
    })
    .transform(({ subtask, ...type }) => ({ ...type, isSubtask: subtask })),
);

const fieldPageSchema = z.object({ total: z.number(), fields: z.array(fieldMetadataSchema) });

/** Every project that `as` can browse, with its issue types, by key. @throws JiraError */
export async function projectsWithTypes(
  jira: JiraClient,
  as: JiraPrincipal,
  time?: TimeBudget,
): Promise<ProjectWithTypes[]> {
  const projects: ProjectWithTypes[] = [];
  for (let last = false; !last && projects.length < JIRA_PERMISSION_CHECK_PROJECTS;) {
    const page = await callJira(jira, 'searchProjects', projectPageSchema, {
      as,
      query: {
        startAt: String(projects.length),
        maxResults: String(JIRA_PROJECT_PAGE),
        orderBy: 'key',
        // Not `view`: whoever administers a project sees it, and none of its issues.
        action: 'browse',
        expand: 'issueTypes',
      },
      time,
    });
    projects.push(...(page?.values ?? []));
    last = page === undefined || page.isLast || page.values.length === 0;
  }
  return projects;
}

/** A project that `as` can browse. @throws JiraError */
export async function findProject(
  jira: JiraClient,
  as: JiraPrincipal,
  projectId: string,
  time?: TimeBudget,
): Promise<Project | undefined> {
  const options = { as, query: { id: projectId, action: 'browse' }, time };
  const page = await callJira(
    jira,
    'searchProjects',
    projectPageSchema,
    options,
    [
      // Where none is found, says Atlassian's description.
      404,
    ],
  );
  return page?.values.find(({ id }) => id === projectId);
}

/** @returns `undefined`: there is no such project for `as`. @throws JiraError */
export function projectIssueTypes(
  jira: JiraClient,
  as: JiraPrincipal,
  projectId: string,
  time?: TimeBudget,
): Promise<ProjectIssueType[] | undefined> {
  const options = { as, path: { projectIdOrKey: projectId }, time };
  return callJira(jira, 'getAllStatuses', typesWithStatusesSchema, options, [404]);
}

/**
 * The fields that a new issue of a type may have.
 *
 * @returns `undefined`: `as` cannot create such issues
 * @throws JiraError
 */
export async function createFields(
  jira: JiraClient,
  as: JiraPrincipal,
  path: { projectIdOrKey: string; issueTypeId: string },
  time?: TimeBudget,
): Promise<(JiraField | UnsupportedField)[] | undefined> {
  const fields: FieldMetadata[] = [];
  for (let isLast = false; !isLast;) {
    const query = { startAt: String(fields.length), maxResults: String(FIELD_PAGE) };
    const page = await callJira(
      jira,
      'getCreateIssueMetaIssueTypeId',
      fieldPageSchema,
      { as, path, query, time },
      // 400, and 404 in practice: no such project, or no permission to create issues in it.
      [400, 403, 404],
    );
    if (page === undefined) return undefined;
    fields.push(...page.fields);
    isLast = page.fields.length === 0 || fields.length >= page.total;
  }
  return fields.map((metadata) => {
    const id = metadata.fieldId ?? metadata.key;
    if (id === undefined)
      throw new JiraError('unexpected', 'Jira describes a field without its id');
    return fieldIn(id, metadata);
  });
}

/** The most that Jira gives at once there. */
const FIELD_PAGE = 200;
