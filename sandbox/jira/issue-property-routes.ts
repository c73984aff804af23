/** Issue properties: JSON values that apps keep with an issue. */
import { refusal } from './errors';
import { getIssue } from './issue-access';
import { deleteProperty, setProperty } from './issue-changes';
import { checkProperty } from './issue-properties';
import { hasProjectPermission } from './permissions';
import { Answer, changeOf, param, type Call, type Route } from './route';

const PROPERTIES = '/rest/api/3/issue/{issueIdOrKey}/properties';
const PROPERTY = `${PROPERTIES}/{propertyKey}`;

export const issuePropertyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PROPERTIES,
    operationId: 'getIssuePropertyKeys',
    scopes: ['read:jira-work'],
    handle(call) {
      const { issue } = getIssue(call, param(call, 'issueIdOrKey'));
      const self = `${call.site.baseUrl}/rest/api/3/issue/${issue.id}/properties`;
      const keys = call.store.issues.propertyKeys(issue.id);
      return { keys: keys.map((key) => ({ self: `${self}/${encodeURIComponent(key)}`, key })) };
    },
  },
  {
    method: 'GET',
    path: PROPERTY,
    operationId: 'getIssueProperty',
    scopes: ['read:jira-work'],
    handle(call) {
      const { issue } = getIssue(call, param(call, 'issueIdOrKey'));
      const key = param(call, 'propertyKey');
      requireProperty(call, issue.id, key);
      return { key, value: call.store.issues.property(issue.id, key) };
    },
  },
  {
    method: 'PUT',
    path: PROPERTY,
    operationId: 'setIssueProperty',
    scopes: ['write:jira-work'],
    takesBody: true,
    handle(call) {
      const { issue, project } = getIssue(call, param(call, 'issueIdOrKey'));
      if (!hasProjectPermission(call.caller, project, 'EDIT_ISSUES')) {
        throw refusal(403, ['You do not have permission to edit this issue.']);
      }
      const key = param(call, 'propertyKey');
      checkProperty(key, call.body);
      const isNew = !call.store.issues.hasProperty(issue.id, key);
      setProperty(changeOf(call), issue, key, call.body);
      return isNew ? new Answer(201, {}) : {};
    },
  },
  {
    method: 'DELETE',
    path: PROPERTY,
    operationId: 'deleteIssueProperty',
    scopes: ['write:jira-work'],
    handle(call) {
      const { issue, project } = getIssue(call, param(call, 'issueIdOrKey'));
      const key = param(call, 'propertyKey');
      // 404 rather than 403, as the description has it.
      if (!hasProjectPermission(call.caller, project, 'EDIT_ISSUES')) {
        throw refusal(404, ['You do not have permission to edit this issue.']);
      }
      requireProperty(call, issue.id, key);
      deleteProperty(changeOf(call), issue, key);
      return new Answer(204);
    },
  },
];

/** @throws JiraRefusal 404 (its words are UNVERIFIED) */
function requireProperty({ store }: Call, issueId: string, key: string): void {
  if (store.issues.hasProperty(issueId, key)) return;
  throw refusal(404, [`The property with the key '${key}' does not exist.`]);
}
