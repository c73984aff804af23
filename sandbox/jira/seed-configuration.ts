/**
 * What the admins of a new site have set up. `DEMO` and `OPS` have Jira's defaults, the same on each site;
 * `WEB` has its own priorities, workflow and required field, and names that differ between two sites, so
 * that there is something to map.
 */
import { createHash } from 'node:crypto';
import type { Status, StatusCategoryKey, Transition, Workflow } from './configuration';
import type { Field, FieldTypeKey } from './fields';
import type { JiraStore, ProjectIssueType } from './store';

export type SeedConfiguration = ReturnType<typeof seedConfiguration>;

/** Which of two sets of names a site has. */
function flavourOf(site: string): 0 | 1 {
  return createHash('sha256').update(`seed:${site}`).digest().readUInt8(0) % 2 === 0 ? 0 : 1;
}

/** The statuses of `WEB`, in the order of its workflow: the third to last is worked on, the last is done. */
const WEB_STATUSES = [
  ['Backlog', 'Selected', 'In development', 'In review', 'Released'],
  ['Open', 'Planned', 'Doing', 'Checking', 'Live'],
] as const;

const WEB_PRIORITIES = [
  ['Blocker', 'Critical', 'Normal', 'Minor'],
  ['P1', 'P2', 'P3', 'P4'],
] as const;

/** @param webProjectId the project of the second scheme */
export function seedConfiguration(store: JiraStore, siteName: string, webProjectId: string) {
  const flavour = flavourOf(siteName);
  const types = seedIssueTypes(store);
  const fields = seedCustomFields(store, webProjectId, flavour);
  const resolutions = seedResolutions(store);
  return {
    types,
    fields,
    resolutions,
    priorities: seedPriorities(store, ['Highest', 'High', 'Medium', 'Low', 'Lowest']),
    webPriorities: seedPriorities(store, WEB_PRIORITIES[flavour]),
    workflow: seedDefaultWorkflow(store, resolutions.done),
    webWorkflow: seedWebWorkflow(store, WEB_STATUSES[flavour], resolutions.done),
    levels: seedSecurityLevels(store),
  };
}

function seedIssueTypes(store: JiraStore) {
  const type = (name: string, description: string, hierarchyLevel: 1 | 0 | -1 = 0): string => {
    const id = store.nextId('issuetype');
    store.configuration.issueTypes.put(id, { id, name, description, hierarchyLevel });
    return id;
  };
  return {
    epic: type('Epic', 'A big user story that needs to be broken down.', 1),
    story: type('Story', 'Functionality or a feature expressed as a user goal.'),
    task: type('Task', 'A small, distinct piece of work.'),
    bug: type('Bug', 'A problem or error.'),
    subtask: type('Sub-task', 'A small piece of work that is part of a larger task.', -1),
  };
}

function seedPriorities(store: JiraStore, names: readonly string[]): string[] {
  return names.map((name, index) => {
    const id = store.nextId('priority');
    const color = ['#d04437', '#f15c75', '#f79232', '#707070', '#999999'][index] ?? '#cccccc';
    store.configuration.priorities.put(id, { id, name, description: '', color });
    return id;
  });
}

function seedResolutions(store: JiraStore) {
  const resolution = (name: string, description: string): string => {
    const id = store.nextId('resolution');
    store.configuration.resolutions.put(id, { id, name, description });
    return id;
  };
  return {
    done: resolution('Done', 'Work has been completed on this issue.'),
    wontDo: resolution("Won't Do", 'This issue will not be actioned.'),
    duplicate: resolution('Duplicate', 'The problem is a duplicate of an existing issue.'),
  };
}

function seedStatus(store: JiraStore, name: string, category: StatusCategoryKey): Status {
  const status = { id: store.nextId('status'), name, description: '', category };
  store.configuration.statuses.put(status.id, status);
  return status;
}

function putWorkflow(store: JiraStore, workflow: Omit<Workflow, 'id'>): Workflow {
  const created = { ...workflow, id: store.nextId('workflow') };
  store.configuration.workflows.put(created.id, created);
  return created;
}

/** Jira's simplified workflow: from everywhere to everywhere, the resolution follows. */
function seedDefaultWorkflow(store: JiraStore, done: string): Workflow {
  const statuses = [
    seedStatus(store, 'To Do', 'new'),
    seedStatus(store, 'In Progress', 'indeterminate'),
    seedStatus(store, 'Done', 'done'),
  ];
  return putWorkflow(store, {
    name: 'Software Simplified Workflow',
    initialStatusId: statuses[0]?.id ?? '',
    statusIds: statuses.map(({ id }) => id),
    transitions: statuses.map(({ id, name, category }, index) => ({
      id: String(11 + 10 * index),
      name,
      from: 'any',
      to: id,
      conditions: [],
      resolution: category === 'done' ? { set: done } : 'clear',
    })),
  });
}

/** Step by step, with a way back; only members release, and the screen of the release asks why. */
function seedWebWorkflow(store: JiraStore, names: readonly string[], done: string): Workflow {
  const categories: StatusCategoryKey[] = ['new', 'new', 'indeterminate', 'indeterminate', 'done'];
  const ids = names.map(
    (name, index) => seedStatus(store, name, categories[index] ?? 'indeterminate').id,
  );
  const [backlog = '', selected = '', doing = '', review = '', released = ''] = ids;
  const step = (
    id: number,
    name: string,
    from: string[] | 'any',
    to: string,
    more: Partial<Transition> = {},
  ): Transition => ({ id: String(id), name, from, to, conditions: [], ...more });
  return putWorkflow(store, {
    name: 'Website workflow',
    initialStatusId: backlog,
    statusIds: ids,
    transitions: [
      step(11, 'Select', [backlog], selected),
      step(21, 'Start', [selected], doing),
      step(31, 'Ask for review', [doing], review),
      step(41, 'Reject', [review], doing),
      step(51, 'Release', [review], released, {
        conditions: [{ type: 'permission', permission: 'RESOLVE_ISSUES' }],
        screen: { fields: ['resolution', 'fixVersions'], required: ['resolution'] },
      }),
      step(61, 'Reopen', [released], backlog, { resolution: 'clear' }),
      step(71, 'Put back', 'any', backlog, {
        conditions: [{ type: 'role', role: 'Administrators' }],
        resolution: 'clear',
      }),
      step(81, 'Close without release', [backlog, selected], released, {
        resolution: { set: done },
      }),
    ],
  });
}

function seedSecurityLevels(store: JiraStore) {
  const level = (name: string, description: string, roles: string[]): string => {
    const id = store.nextId('security');
    const holders = roles.map((role) => ({ type: 'role', name: role }) as const);
    store.configuration.securityLevels.put(id, { id, name, description, holders });
    return id;
  };
  return {
    internal: level('Internal', 'For members and technical users.', [
      ...['Administrators', 'Members', 'Service Accounts', 'atlassian-addons-project-access'],
    ]),
    confidential: level('Confidential', 'For administrators only.', ['Administrators']),
  };
}

/** Two fields have other names, and one has other options, on a site of the other flavour. */
function seedCustomFields(store: JiraStore, webProjectId: string, flavour: 0 | 1) {
  const field = (name: string, type: FieldTypeKey, details: Partial<Field> = {}): Field => {
    const created = { id: `customfield_${store.nextId('field')}`, name, type, ...details };
    store.configuration.customFields.put(created.id, created);
    return created;
  };
  const options = (...values: string[]) => ({
    options: values.map((value) => ({ id: store.nextId('option'), value })),
  });
  const inWeb = { projectIds: [webProjectId] };
  return {
    customer: field('Customer', 'text'),
    acceptance: field('Acceptance criteria', 'document'),
    effort: field('Effort', 'number'),
    severity: field('Severity', 'option', options('Critical', 'Major', 'Minor')),
    platforms: field(
      'Platforms',
      'options',
      options('Windows', 'macOS', 'Linux', 'Android', 'iOS'),
    ),
    startDate: field('Start date', 'date'),
    goLive: field('Go-live', 'datetime'),
    tester: field('Tester', 'user'),
    reference: field('Reference', 'url'),
    browser: field('Browser', 'option', {
      ...options(...(flavour === 0 ? ['Chrome', 'Firefox', 'Safari'] : ['Blink', 'Gecko'])),
      ...inWeb,
    }),
    page: field(flavour === 0 ? 'Page' : 'Web address', 'url', inWeb),
    team: field(flavour === 0 ? 'Team' : 'Responsible team', 'text', inWeb),
  };
}

const SCREEN = [
  ...['parent', 'description', 'priority', 'labels', 'components', 'versions', 'fixVersions'],
  ...['duedate', 'assignee', 'reporter', 'security'],
];

/** The issue types of a project with Jira's defaults. */
export function defaultTypes(
  { types, fields, workflow }: SeedConfiguration,
  names: (keyof SeedConfiguration['types'])[],
): ProjectIssueType[] {
  const { customer, acceptance, effort, severity, platforms } = fields;
  const { startDate, goLive, tester, reference } = fields;
  const custom = [customer, acceptance, effort, severity, platforms, startDate, goLive, tester];
  // The browser is on this screen too, but only `WEB` has that field.
  const screen = [...SCREEN, ...[...custom, reference, fields.browser].map(({ id }) => id)];
  return names.map((name) => ({
    issueTypeId: types[name],
    workflowId: workflow.id,
    createScreen: screen,
    editScreen: name === 'bug' ? [...screen, 'environment'] : screen,
    required: [],
  }));
}

/** Those of `WEB`: a bug must have a browser and has no due date; the team can be set at creation only. */
export function webTypes({ types, fields, webWorkflow }: SeedConfiguration): ProjectIssueType[] {
  const { customer, acceptance, browser, page, team } = fields;
  const screen = [...SCREEN, customer.id, acceptance.id, browser.id, page.id];
  const type = (issueTypeId: string, details: Partial<ProjectIssueType> = {}) => ({
    issueTypeId,
    workflowId: webWorkflow.id,
    createScreen: [...screen, team.id],
    editScreen: screen,
    required: [],
    ...details,
  });
  const bugScreen = [...screen.filter((id) => id !== 'duedate'), 'environment'];
  return [
    type(types.epic),
    type(types.story),
    type(types.bug, {
      createScreen: [...bugScreen, team.id],
      editScreen: bugScreen,
      required: [browser.id],
    }),
    type(types.subtask),
  ];
}
