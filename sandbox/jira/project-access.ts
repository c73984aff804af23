/** The project that a request names. */
import { refusal } from './errors';
import { canAdministerProject, canViewProject } from './permissions';
import type { View } from './shapes';
import type { JiraProject } from './store';

/** @throws JiraRefusal 404 for a project that is not there or that the caller cannot see */
export function findProject({ store, caller }: View, idOrKey: string): JiraProject {
  const project = store.project(idOrKey);
  if (project && canViewProject(store, caller, project)) return project;
  const what = /^\d+$/.test(idOrKey) ? 'id' : 'key';
  throw refusal(404, [`No project could be found with ${what} '${idOrKey}'.`]);
}

/**
 * *Administer projects* in it, or *Administer Jira*.
 *
 * @throws JiraRefusal 403
 */
export function requireProjectAdmin({ store, caller }: View, project: JiraProject): void {
  if (canAdministerProject(store, caller, project)) return;
  throw refusal(403, ['You do not have permission to administer this project.']);
}
