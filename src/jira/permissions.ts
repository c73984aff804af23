/** What an account may do, always asked as that account itself: asking for others needs an administrator. */
import { z } from 'zod';
import { JIRA_PERMISSION_CHECK_PROJECTS, JIRA_PROJECT_PAGE } from '../limits';
import { callJira, type JiraClient, type JiraPrincipal, type TimeBudget } from './client';

/** What a Local User needs in a project, as Jira names it. */
export type ProjectPermission =
  | 'BROWSE_PROJECTS'
  | 'CREATE_ISSUES'
  | 'EDIT_ISSUES'
  | 'ADD_COMMENTS'
  | 'CREATE_ATTACHMENTS'
  | 'TRANSITION_ISSUES';

export interface ProjectGrants {
  id: string;
  key: string;
  name: string;
  granted: ReadonlySet<ProjectPermission>;
}

const myPermissionsSchema = z.object({
  permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })),
});

const projectPageSchema = z.object({
  isLast: z.boolean(),
  values: z.array(z.object({ id: z.string(), key: z.string(), name: z.string() })),
});

const bulkPermissionsSchema = z.object({
  projectPermissions: z.array(
    z.object({ permission: z.string(), projects: z.array(z.union([z.number(), z.string()])) }),
  ),
});

/** Whether `as` has the global permission *Administer Jira*. @throws JiraError */
export async function isJiraAdministrator(
  jira: JiraClient,
  as: JiraPrincipal,
  time?: TimeBudget,
): Promise<boolean> {
  const answer = await callJira(
    jira,
    'getMyPermissions',
    myPermissionsSchema,
    {
      as,
      query: { permissions: 'ADMINISTER' },
      time,
    },
    [401],
  );
  return answer?.permissions.ADMINISTER?.havePermission === true;
}

/**
 * Every project that `as` can browse, with which of `permissions` it has there.
 *
 * @throws JiraError
 */
export async function projectGrants(
  jira: JiraClient,
  as: JiraPrincipal,
  permissions: readonly ProjectPermission[],
  time?: TimeBudget,
): Promise<ProjectGrants[]> {
  const projects: { id: string; key: string; name: string }[] = [];
  for (let last = false; !last && projects.length < JIRA_PERMISSION_CHECK_PROJECTS;) {
    const page = await callJira(jira, 'searchProjects', projectPageSchema, {
      as,
      query: {
        startAt: String(projects.length),
        maxResults: String(JIRA_PROJECT_PAGE),
        orderBy: 'key',
      },
      time,
    });
    projects.push(...(page?.values ?? []));
    last = page === undefined || page.isLast || page.values.length === 0;
  }
  if (projects.length === 0) return [];
  const answer = await callJira(jira, 'getBulkPermissions', bulkPermissionsSchema, {
    as,
    body: {
      projectPermissions: [
        {
          permissions,
          projects: projects.slice(0, JIRA_PERMISSION_CHECK_PROJECTS).map(({ id }) => Number(id)),
        },
      ],
    },
    time,
  });
  return projects.map((project) => ({
    ...project,
    granted: new Set(
      permissions.filter((permission) =>
        answer?.projectPermissions.some(
          (grant) =>
            grant.permission === permission && grant.projects.map(String).includes(project.id),
        ),
      ),
    ),
  }));
}
