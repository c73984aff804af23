/** Jira, kinder than Atlassian's. */
import type { Sabotage } from './sabotage';

/** The group of what no page says. */
const APART = 'cases that rest on [2nd] or UNVERIFIED notes';

const ISSUES = 'conformance/jira-issues.test.ts';
const COMMENTS = 'conformance/jira-comments.test.ts';

export const sabotagesOfJira: Sabotage[] = [
  {
    name: 'issues that the caller may not browse',
    file: 'jira/issue-access.ts',
    replace: 'if (!project || !canSeeIssue(view, issue))',
    by: 'if (!project)',
    test: ISSUES,
    title: 'GET issue is 404 for whoever may not browse',
  },
  {
    name: 'issues created without the permission',
    file: 'jira/issue-creation.ts',
    replace: "if (!hasProjectPermission(caller, project, 'CREATE_ISSUES')) {",
    by: 'if (false) {',
    test: ISSUES,
    title: `${APART} creation is for those who may`,
  },
  {
    name: 'issues without a field that the project requires',
    file: 'jira/issue-creation.ts',
    replace: '  requireValues(use, issue);',
    by: '',
    test: ISSUES,
    title: 'POST issue wants the fields that the project requires',
  },
  {
    name: 'fields that are on no screen, silently left out',
    file: 'jira/issue-input.ts',
    replace: 'if (!field) throw new FieldFault(notOnScreen(id));',
    by: 'if (!field) continue;',
    test: ISSUES,
    title: 'POST issue refuses a field that is not on the screen of that type',
  },
  {
    name: 'edits without the permission',
    file: 'jira/issue-screens.ts',
    replace: "if (!hasProjectPermission(view.caller, project, 'EDIT_ISSUES')) return [];",
    by: '',
    test: 'conformance/jira-issue-edits.test.ts',
    title: `${APART} editing is for those who may`,
  },
  {
    name: 'issues of a security level that the caller is not in',
    file: 'jira/issue-access.ts',
    replace: 'if (values.security === undefined) return true;',
    by: 'return true;',
    test: 'conformance/jira-issue-life.test.ts',
    title:
      'security levels (Jira: Configuring issue-level security) hide an issue from all who are not in them, whatever they may do',
  },
  {
    name: 'required fields that an edit empties',
    file: 'jira/issue-edit.ts',
    replace: '  requireKept(use, changes);',
    by: '',
    test: 'conformance/jira-issue-edits.test.ts',
    title: 'PUT issue empties what need not have a value',
  },
  {
    name: 'fields of another project',
    file: 'jira/issue-screens.ts',
    replace: 'if (!field || !appliesTo(field, project.id)) return [];',
    by: 'if (!field) return [];',
    test: 'conformance/jira-custom-fields.test.ts',
    title: 'PUT issue with custom fields a field of another project cannot be set',
  },
  {
    name: 'transitions whose condition does not hold',
    file: 'jira/transitions.ts',
    replace: 'conditions.every(holds)',
    by: 'true',
    test: 'conformance/jira-transitions.test.ts',
    title:
      'GET and POST (Jira: transitions of an issue) conditions hide a transition: a role, a permission',
  },
  {
    name: 'transitions without what their screen demands',
    file: 'jira/transitions.ts',
    replace: 'if (required && value === undefined)',
    by: 'if (false)',
    test: 'conformance/jira-transitions.test.ts',
    title:
      'GET and POST (Jira: transitions of an issue) a screen demands its required fields, and takes no others',
  },
  {
    name: 'assignees who cannot be assigned issues',
    file: 'jira/issue-field-types.ts',
    replace: "    if (field.id === 'assignee') requireAssignable(use, user.accountId);",
    by: '',
    test: 'conformance/jira-issues.test.ts',
    title: 'POST issue issues are assigned to assignable people only',
  },
  {
    name: 'properties of any size',
    file: 'jira/issue-properties.ts',
    replace: 'JSON.stringify(value).length > MAX_VALUE',
    by: 'false',
    test: 'conformance/jira-properties.test.ts',
    title:
      'GET, PUT and DELETE (Jira: Issue properties) are limited: 255 characters of key, 32,768 of value',
  },
  {
    name: 'documents that are not valid',
    file: 'jira/adf.ts',
    replace: 'if (!isValid(input)) {',
    by: 'if (false) {',
    test: 'conformance/jira-adf.test.ts',
    title: `${APART} text outside of a paragraph is not valid, and no field is named`,
  },
  {
    name: 'documents kept as they were written',
    file: 'jira/adf.ts',
    replace: 'kept.content = joinTexts(content.map((child) => normalized(child, nameOf)));',
    by: 'kept.content = content;',
    test: 'conformance/jira-adf.test.ts',
    title: `${APART} empty marks and attributes go, neighbouring texts become one`,
  },
  {
    name: 'subtasks deleted without being told to',
    file: 'jira/issue-deletion.ts',
    replace: "if (subtasks.length > 0 && !flag(query, 'deleteSubtasks')) {",
    by: 'if (false) {',
    test: 'conformance/jira-issue-life.test.ts',
    title: 'DELETE issue takes subtasks along only when told to',
  },
  {
    name: 'comments that are not for the caller',
    file: 'jira/comment-access.ts',
    replace: 'return visibility === undefined || isHolder(caller, [visibility], project);',
    by: 'return true;',
    test: COMMENTS,
    title:
      'visibility (Jira: Issue comments) a comment for a role or a group is hidden from whoever is not in it',
  },
  {
    name: 'comments without the permission to add them',
    file: 'jira/comment-routes.ts',
    replace: "const denied = may ? undefined : notPermitted(call, 'comment on this issue');",
    by: 'const denied = may ? undefined : undefined;',
    test: COMMENTS,
    title: `${APART} without the permission it is 400, named and told beside what else is wrong`,
  },
  {
    name: 'edits of comments of others',
    file: 'jira/comment-routes.ts',
    replace: "const denied = may ? undefined : notPermitted(call, 'edit this comment');",
    by: 'const denied = may ? undefined : undefined;',
    test: COMMENTS,
    title:
      'PUT issue/{id}/comment/{id} (Jira: Issue comments) own comments, or all of them, by permission',
  },
  {
    name: 'deletions of comments of others',
    file: 'jira/comment-routes.ts',
    replace: "if (!mayChange(call, found, 'DELETE')) {",
    by: 'if (false) {',
    test: COMMENTS,
    title:
      'DELETE issue/{id}/comment/{id} (Jira: Issue comments) own comments, or all of them, by permission',
  },
  {
    name: 'comments of an issue that outlive it',
    file: 'jira/issue-deletion.ts',
    replace: '  change.view.store.comments.deleteAllOf(issue.id);',
    by: '',
    test: COMMENTS,
    title:
      'DELETE issue/{id}/comment/{id} (Jira: Issue comments) an issue that is deleted takes its comments along, and nobody is told of them',
  },
  {
    name: 'pages of comments of any length',
    file: 'jira/comment-routes.ts',
    replace: 'const PAGE = { default: 100, maximum: 100 };',
    by: 'const PAGE = { default: 100, maximum: 5000 };',
    test: COMMENTS,
    title: `${APART} a page has 100 comments at most, whatever is asked for`,
  },
];
