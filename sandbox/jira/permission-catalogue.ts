/**
 * The permissions that Jira has. Keys and types: Atlassian's OpenAPI description ("Built-in permissions"
 * of permission schemes); ids: Jira's own numbers, `-1` for those that a part of Jira adds.
 */

export interface Permission {
  id: string;
  key: string;
  name: string;
  type: 'GLOBAL' | 'PROJECT';
  description: string;
}

type Row = [id: number, key: string, name: string, description: string];

const GLOBAL: Row[] = [
  [0, 'ADMINISTER', 'Administer Jira', 'Administer all projects, schemes, fields and workflows.'],
  [44, 'SYSTEM_ADMIN', 'Jira System Administrators', 'Perform all administration functions.'],
  [27, 'USER_PICKER', 'Browse users and groups', 'See the names of all users and groups.'],
  [22, 'CREATE_SHARED_OBJECTS', 'Share dashboards and filters', 'Share dashboards and filters.'],
  [24, 'MANAGE_GROUP_FILTER_SUBSCRIPTIONS', 'Manage group filter subscriptions', 'Manage them.'],
  [33, 'BULK_CHANGE', 'Make bulk changes', 'Modify many issues at once.'],
  [-1, 'CREATE_PROJECT', 'Create team-managed projects', 'Create projects with their own setup.'],
];

const PROJECT: Row[] = [
  [23, 'ADMINISTER_PROJECTS', 'Administer Projects', 'Ability to administer a project.'],
  [10, 'BROWSE_PROJECTS', 'Browse Projects', 'Ability to see a project and its issues.'],
  [-1, 'MANAGE_SPRINTS_PERMISSION', 'Manage sprints', 'Ability to manage sprints.'],
  [29, 'VIEW_DEV_TOOLS', 'View Development Tools', 'Ability to see development information.'],
  [45, 'VIEW_READONLY_WORKFLOW', 'View Read-Only Workflow', 'Ability to look at a workflow.'],
  [17, 'ASSIGNABLE_USER', 'Assignable User', 'May be assigned to issues.'],
  [13, 'ASSIGN_ISSUES', 'Assign Issues', 'Ability to assign issues to other people.'],
  [18, 'CLOSE_ISSUES', 'Close Issues', 'Ability to close issues.'],
  [11, 'CREATE_ISSUES', 'Create Issues', 'Ability to create issues.'],
  [16, 'DELETE_ISSUES', 'Delete Issues', 'Ability to delete issues.'],
  [12, 'EDIT_ISSUES', 'Edit Issues', 'Ability to edit issues.'],
  [21, 'LINK_ISSUES', 'Link Issues', 'Ability to link issues.'],
  [30, 'MODIFY_REPORTER', 'Modify Reporter', 'Ability to set the reporter of an issue.'],
  [25, 'MOVE_ISSUES', 'Move Issues', 'Ability to move issues between projects.'],
  [14, 'RESOLVE_ISSUES', 'Resolve Issues', 'Ability to resolve and reopen issues.'],
  [28, 'SCHEDULE_ISSUES', 'Schedule Issues', 'Ability to edit the due date of an issue.'],
  [26, 'SET_ISSUE_SECURITY', 'Set Issue Security', 'Ability to set who can see an issue.'],
  [46, 'TRANSITION_ISSUES', 'Transition Issues', 'Ability to transition issues.'],
  [32, 'MANAGE_WATCHERS', 'Manage Watchers', 'Ability to manage the watchers of an issue.'],
  [31, 'VIEW_VOTERS_AND_WATCHERS', 'View Voters and Watchers', 'Ability to see both.'],
  [15, 'ADD_COMMENTS', 'Add Comments', 'Ability to comment on issues.'],
  [36, 'DELETE_ALL_COMMENTS', 'Delete All Comments', 'Ability to delete all comments.'],
  [37, 'DELETE_OWN_COMMENTS', 'Delete Own Comments', 'Ability to delete own comments.'],
  [34, 'EDIT_ALL_COMMENTS', 'Edit All Comments', 'Ability to edit all comments.'],
  [35, 'EDIT_OWN_COMMENTS', 'Edit Own Comments', 'Ability to edit own comments.'],
  [19, 'CREATE_ATTACHMENTS', 'Create Attachments', 'Ability to attach files.'],
  [38, 'DELETE_ALL_ATTACHMENTS', 'Delete All Attachments', 'Ability to delete all attachments.'],
  [39, 'DELETE_OWN_ATTACHMENTS', 'Delete Own Attachments', 'Ability to delete own attachments.'],
  [43, 'DELETE_ALL_WORKLOGS', 'Delete All Worklogs', 'Ability to delete all worklogs.'],
  [42, 'DELETE_OWN_WORKLOGS', 'Delete Own Worklogs', 'Ability to delete own worklogs.'],
  [41, 'EDIT_ALL_WORKLOGS', 'Edit All Worklogs', 'Ability to edit all worklogs.'],
  [40, 'EDIT_OWN_WORKLOGS', 'Edit Own Worklogs', 'Ability to edit own worklogs.'],
  [20, 'WORK_ON_ISSUES', 'Work On Issues', 'Ability to log work on an issue.'],
];

const entry =
  (type: Permission['type']) =>
  ([id, key, name, description]: Row): [string, Permission] => [
    key,
    { id: String(id), key, name, type, description },
  ];

/** Every permission by its key. */
export const permissionCatalogue: ReadonlyMap<string, Permission> = new Map([
  ...GLOBAL.map(entry('GLOBAL')),
  ...PROJECT.map(entry('PROJECT')),
]);

/** The keys of all project permissions. */
export const projectPermissionKeys: readonly string[] = PROJECT.map(([, key]) => key);
