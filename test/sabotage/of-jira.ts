/** Jira, kinder than Atlassian's. */
import type { Sabotage } from './sabotage';

const ISSUES = 'conformance/jira-issues.test.ts';

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
    title: 'POST issue is for those who may',
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
    title: 'PUT issue is for those who may',
  },
];
