/** The issues, components and versions of a new site. */
import type { AdfDocument, AdfNode } from './adf';
import type { FieldValue } from './fields';
import type { JiraIssue } from './issue-store';
import type { SeedConfiguration } from './seed-configuration';
import type { JiraProject, JiraStore, JiraUser } from './store';

const DAY_MS = 24 * 60 * 60 * 1000;

interface Draft {
  type: string;
  summary: string;
  creator: JiraUser;
  /** How many days ago it was created. */
  daysAgo: number;
  /** Position in the workflow's statuses. */
  status?: number;
  values?: Record<string, FieldValue>;
}

export interface SeedPeople {
  zoe: JiraUser;
  lukasz: JiraUser;
  priya: JiraUser;
}

/** @param now milliseconds since the epoch */
export function seedIssues(
  store: JiraStore,
  { demo, web, ops }: Record<'demo' | 'web' | 'ops', JiraProject>,
  configuration: SeedConfiguration,
  { zoe, lukasz, priya }: SeedPeople,
  now: number,
): void {
  const { types, fields, priorities, webPriorities } = configuration;
  const add = (project: JiraProject, drafts: Draft[]) =>
    drafts.map((draft) => putIssue(store, project, draft, now));
  const demoParts = components(store, demo, ['Backend', 'Documentation', 'User interface']);
  const [, next = ''] = versions(store, demo, ['1.0', '1.1']);
  const [epic] = add(demo, [
    {
      type: types.epic,
      summary: 'Make it easy to begin',
      creator: zoe,
      daysAgo: 40,
      status: 1,
      values: { labels: ['onboarding'] },
    },
  ]);
  const [story] = add(demo, [
    {
      type: types.story,
      summary: 'As a visitor I see what the product does',
      creator: zoe,
      daysAgo: 35,
      status: 1,
      values: {
        parent: epic?.id ?? '',
        assignee: lukasz.accountId,
        priority: priorities[1] ?? '',
        description: text('One page, three pictures, no jargon.'),
        labels: ['onboarding', 'text'],
        components: [demoParts[2] ?? ''],
        fixVersions: [next],
        [fields.effort.id]: 3,
      },
    },
  ]);
  add(demo, [
    {
      type: types.bug,
      summary: 'Umlauts are lost when the list is exported',
      creator: priya,
      daysAgo: 20,
      values: {
        assignee: lukasz.accountId,
        description: text('“Größe” becomes “Gr??e” in the CSV file.'),
        components: [demoParts[0] ?? ''],
        [fields.severity.id]: fields.severity.options?.[1]?.id ?? '',
        [fields.customer.id]: 'Bäckerei Öztürk',
      },
    },
    {
      type: types.task,
      summary: 'Renew the certificate',
      creator: lukasz,
      daysAgo: 12,
      status: 2,
      values: { assignee: lukasz.accountId, duedate: '2026-01-31' },
    },
    {
      type: types.subtask,
      summary: 'Choose the pictures',
      creator: zoe,
      daysAgo: 8,
      values: { parent: story?.id ?? '' },
    },
    { type: types.task, summary: 'Order new chairs', creator: priya, daysAgo: 1 },
  ]);
  const webParts = components(store, web, ['Checkout', 'Search', 'Start page']);
  versions(store, web, ['Spring', 'Summer']);
  const browser = fields.browser.options?.[0]?.id ?? '';
  add(web, [
    { type: types.epic, summary: 'A faster checkout', creator: zoe, daysAgo: 50, status: 2 },
    {
      type: types.story,
      summary: 'Pay with one click',
      creator: zoe,
      daysAgo: 30,
      status: 2,
      values: {
        assignee: lukasz.accountId,
        priority: webPriorities[1] ?? '',
        components: [webParts[0] ?? ''],
      },
    },
    {
      type: types.bug,
      summary: 'The search finds nothing with a hyphen',
      creator: lukasz,
      daysAgo: 9,
      status: 3,
      values: { [fields.browser.id]: browser, components: [webParts[1] ?? ''] },
    },
    {
      type: types.story,
      summary: 'The start page greets in the visitor’s language',
      creator: zoe,
      daysAgo: 4,
    },
  ]);
  add(ops, [
    { type: types.task, summary: 'Laptop for the new colleague', creator: priya, daysAgo: 3 },
    {
      type: types.task,
      summary: 'The printer on the second floor is jammed',
      creator: lukasz,
      daysAgo: 2,
      status: 1,
      values: { assignee: priya.accountId },
    },
  ]);
}

function putIssue(store: JiraStore, project: JiraProject, draft: Draft, now: number): JiraIssue {
  const { type, summary, creator, daysAgo, status = 0, values } = draft;
  const { workflowId } = project.issueTypes.find((one) => one.issueTypeId === type) ?? {};
  const workflow = store.configuration.workflows.get(workflowId ?? '');
  const statusId = workflow?.statusIds[status];
  if (statusId === undefined) throw new Error(`${project.key} has no such status`);
  const created = now - daysAgo * DAY_MS;
  const isDone = store.configuration.statuses.get(statusId)?.category === 'done';
  const issue: JiraIssue = {
    id: store.nextId('issue'),
    key: store.nextKey(project),
    projectId: project.id,
    issueTypeId: type,
    statusId,
    creator: creator.accountId,
    created,
    updated: created,
    statusChanged: created,
    ...(isDone ? { resolved: created } : {}),
    values: {
      summary,
      reporter: creator.accountId,
      priority: project.defaultPriorityId,
      ...(isDone ? { resolution: store.configuration.resolutions.list()[0]?.id ?? '' } : {}),
      ...values,
    },
  };
  store.issues.put(issue);
  return issue;
}

function components(store: JiraStore, project: JiraProject, names: string[]): string[] {
  return names.map((name) => {
    const id = store.nextId('component');
    store.configuration.components.put(id, { id, projectId: project.id, name });
    return id;
  });
}

function versions(store: JiraStore, project: JiraProject, names: string[]): string[] {
  return names.map((name, index) => {
    const id = store.nextId('version');
    const released = index === 0;
    store.configuration.versions.put(id, {
      id,
      projectId: project.id,
      name,
      released,
      archived: false,
    });
    return id;
  });
}

function text(words: string): AdfDocument {
  const paragraph: AdfNode = { type: 'paragraph', content: [{ type: 'text', text: words }] };
  return { type: 'doc', version: 1, content: [paragraph] };
}
