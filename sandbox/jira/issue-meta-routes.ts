/** What can be set when an issue is created or edited. */
import { refusal } from './errors';
import { fieldMetadata, projectMetadata } from './field-metadata';
import { getIssue } from './issue-access';
import { createFields, editFields } from './issue-screens';
import { issueTypeShape } from './configuration-shapes';
import { hasProjectPermission } from './permissions';
import { pageOf, param, slice, type Call, type Route } from './route';
import type { JiraProject } from './store';

const PAGE = { default: 50, maximum: 200 };
const TYPES = '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes';

export const issueMetaRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: TYPES,
    operationId: 'getCreateIssueMetaIssueTypes',
    scopes: ['read:jira-work'],
    handle(call) {
      const project = creatableProject(call);
      const page = pageOf(call, PAGE);
      const types = project.issueTypes.flatMap(
        ({ issueTypeId }) => call.store.configuration.issueTypes.get(issueTypeId) ?? [],
      );
      const issueTypes = slice(types, page).map((type) => issueTypeShape(call, type));
      return { ...page, total: types.length, issueTypes };
    },
  },
  {
    method: 'GET',
    path: `${TYPES}/{issueTypeId}`,
    operationId: 'getCreateIssueMetaIssueTypeId',
    scopes: ['read:jira-work'],
    handle(call) {
      const project = creatableProject(call);
      const issueTypeId = param(call, 'issueTypeId');
      if (!project.issueTypes.some((one) => one.issueTypeId === issueTypeId)) {
        throw refusal(400, [`The issue type '${issueTypeId}' is not one of ${project.key}.`]);
      }
      const use = { view: call, clock: call.clock, project, issueTypeId, issue: undefined };
      const all = [
        projectMetadata(use),
        ...createFields(use).map((field) => fieldMetadata(use, field)),
      ];
      const page = pageOf(call, PAGE);
      const fields = slice(all, page).map((field) => ({ ...field, fieldId: field.key }));
      return { ...page, total: all.length, fields };
    },
  },
  {
    method: 'GET',
    path: '/rest/api/3/issue/{issueIdOrKey}/editmeta',
    operationId: 'getEditIssueMeta',
    scopes: ['read:jira-work'],
    handle(call) {
      const { issue, project } = getIssue(call, param(call, 'issueIdOrKey'));
      const { issueTypeId } = issue;
      const use = { view: call, clock: call.clock, project, issueTypeId, issue };
      return {
        fields: Object.fromEntries(
          editFields(use).map((field) => [field.id, fieldMetadata(use, field)]),
        ),
      };
    },
  },
];

/** @throws JiraRefusal 400 for a project in which the caller cannot create issues (UNVERIFIED words) */
function creatableProject(call: Call): JiraProject {
  const idOrKey = param(call, 'projectIdOrKey');
  const project = call.store.project(idOrKey);
  if (
    project &&
    hasProjectPermission(call.caller, project, 'BROWSE_PROJECTS') &&
    hasProjectPermission(call.caller, project, 'CREATE_ISSUES')
  ) {
    return project;
  }
  throw refusal(400, [`No project could be found with key or id '${idOrKey}'.`]);
}
