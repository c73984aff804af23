/** How Jira's REST API writes down an issue. */
import { commentField } from './comment-shapes';
import { issueTypeShape, statusCategoryShape, statusShape } from './configuration-shapes';
import { schemaOf, typeOf } from './field-types';
import { appliesTo, fieldsOf, type Field } from './fields';
import { canSeeIssue } from './issue-access';
import { issueReference } from './issue-reference';
import type { HistoryEntry, JiraIssue } from './issue-store';
import { projectInField, timestamp, userInField, type View } from './shapes';

/** A field that is not set but follows from the rest. */
interface ComputedField {
  id: string;
  name: string;
  schema: Record<string, string>;
  write(view: View, issue: JiraIssue, maxComments: number): unknown;
}

const computedFields: readonly ComputedField[] = [
  {
    id: 'issuetype',
    name: 'Issue Type',
    schema: { type: 'issuetype', system: 'issuetype' },
    write(view, { issueTypeId }) {
      const type = view.store.configuration.issueTypes.get(issueTypeId);
      return type ? issueTypeShape(view, type) : null;
    },
  },
  {
    id: 'project',
    name: 'Project',
    schema: { type: 'project', system: 'project' },
    write(view, { projectId }) {
      const project = view.store.project(projectId);
      return project ? projectInField(view, project) : null;
    },
  },
  {
    id: 'status',
    name: 'Status',
    schema: { type: 'status', system: 'status' },
    write(view, { statusId }) {
      const status = view.store.configuration.statuses.get(statusId);
      return status ? statusShape(view, status) : null;
    },
  },
  {
    id: 'statusCategory',
    name: 'Status Category',
    schema: { type: 'statusCategory', system: 'statusCategory' },
    write(view, { statusId }) {
      const status = view.store.configuration.statuses.get(statusId);
      return status ? statusCategoryShape(view, status.category) : null;
    },
  },
  {
    id: 'creator',
    name: 'Creator',
    schema: { type: 'user', system: 'creator' },
    write(view, { creator }) {
      const user = view.store.user(creator);
      return user ? userInField(view, user) : null;
    },
  },
  {
    id: 'subtasks',
    name: 'Sub-tasks',
    schema: { type: 'array', items: 'issuelinks', system: 'subtasks' },
    write: (view, { id }) =>
      view.store.issues
        .childrenOf(id)
        .filter(({ issueTypeId }) => isSubtask(view, issueTypeId))
        .filter((child) => canSeeIssue(view, child))
        .map((child) => issueReference(view, child)),
  },
  {
    id: 'comment',
    name: 'Comment',
    schema: { type: 'comments-page', system: 'comment' },
    write: commentField,
  },
  instant('created', 'Created', ({ created }) => created),
  instant('updated', 'Updated', ({ updated }) => updated),
  instant('resolutiondate', 'Resolved', ({ resolved }) => resolved),
  instant('statuscategorychangedate', 'Status Category Changed', (issue) => issue.statusChanged),
];

function instant(
  id: string,
  name: string,
  of: (issue: JiraIssue) => number | undefined,
): ComputedField {
  return {
    id,
    name,
    schema: { type: 'datetime', system: id },
    write(_view, issue) {
      const at = of(issue);
      return at === undefined ? null : timestamp(at);
    },
  };
}

function isSubtask({ store }: View, issueTypeId: string): boolean {
  return store.configuration.issueTypes.get(issueTypeId)?.hierarchyLevel === -1;
}

/** Id, name and schema of every field of the site, set or computed. */
export function describedFields({ store }: View): Pick<ComputedField, 'id' | 'name' | 'schema'>[] {
  const set = fieldsOf(store.configuration).filter(
    (field) => !computedFields.some(({ id }) => id === field.id),
  );
  return [
    ...set.map((field) => ({ ...field, schema: schemaOf(field) as Record<string, string> })),
    ...computedFields,
  ];
}

/** Which fields an answer has: `fields=summary,-comment,*all`. */
export function fieldFilter(
  asked: ReadonlySet<string>,
  all: '*all' | '*navigable',
): (id: string) => boolean {
  const names = [...asked];
  const excluded = new Set(names.filter((one) => one.startsWith('-')).map((one) => one.slice(1)));
  const included = names.filter((one) => !one.startsWith('-'));
  const wanted = included.length === 0 ? [all] : included;
  return (id) =>
    !excluded.has(id) &&
    (wanted.includes('*all') ||
      wanted.includes(id) ||
      (wanted.includes('*navigable') && !NOT_NAVIGABLE.has(id)));
}

/** Cannot be a column of a list of issues. */
export const NOT_NAVIGABLE: ReadonlySet<string> = new Set([
  'comment',
  'worklog',
  'attachment',
  'timetracking',
]);

export interface FieldsWanted {
  wants?: (id: string) => boolean;
  /** How many comments come with the issue at most. */
  maxComments?: number | undefined;
}

/** The fields of an issue that its project has, those without a value too. */
export function fieldsOfIssue(
  view: View,
  issue: JiraIssue,
  { wants = () => true, maxComments = Infinity }: FieldsWanted = {},
): Record<string, unknown> {
  const written = fieldsOf(view.store.configuration)
    .filter((field) => wants(field.id) && isThere(view, field, issue))
    .map((field): [string, unknown] => [field.id, valueShape(view, field, issue)]);
  const computed = computedFields
    .filter(({ id }) => wants(id))
    .map((field): [string, unknown] => [field.id, field.write(view, issue, maxComments)]);
  return Object.fromEntries([...written, ...computed]);
}

/** Lists without a value are empty, the rest is `null`; only `parent` is left out. */
function valueShape(view: View, field: Field, { values }: JiraIssue): unknown {
  const value = values[field.id];
  const type = typeOf(field);
  if (value !== undefined) return type.write(value, view, field);
  return type.readElement && field.type !== 'options' ? [] : null;
}

function isThere({ store }: View, field: Field, { projectId, values }: JiraIssue): boolean {
  if (field.type === 'parent') return values.parent !== undefined;
  if (field.type === 'security')
    return (store.project(projectId)?.securityLevelIds.length ?? 0) > 0;
  return appliesTo(field, projectId);
}

/** One entry of an issue's history. */
export function historyShape(view: View, { id, author, created, items }: HistoryEntry) {
  const user = view.store.user(author);
  return {
    id,
    ...(user ? { author: userInField(view, user) } : {}),
    created: timestamp(created),
    items,
  };
}

export interface IssueParts {
  fields: (id: string) => boolean;
  expand: ReadonlySet<string>;
  /** Keys of properties, `*all`, or `-key`. */
  properties: ReadonlySet<string>;
  /** All of them, unless it says less. */
  maxComments?: number;
}

/** How many entries of the history come with an issue. */
const HISTORY_WITH_ISSUE = 40;

/** How many comments come with each of many issues (UNVERIFIED: [2nd] for searches alone). */
export const COMMENTS_OF_MANY = 20;

/** An issue as `issue/{id}`, `issue/bulkfetch` and the searches give it. */
export function issueShape(view: View, issue: JiraIssue, parts: IssueParts) {
  const { expand, fields: wants, maxComments } = parts;
  const fields = fieldsOfIssue(view, issue, { wants, maxComments });
  const described = describedFields(view).filter(({ id }) => id in fields);
  const of = <T>(part: (field: (typeof described)[number]) => T) =>
    Object.fromEntries(described.map((field) => [field.id, part(field)]));
  return {
    expand:
      'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations,customfield_10010.requestTypePractice',
    id: issue.id,
    self: `${view.site.baseUrl}/rest/api/3/issue/${issue.id}`,
    key: issue.key,
    ...(expand.has('names') ? { names: of(({ name }) => name) } : {}),
    ...(expand.has('schema') ? { schema: of(({ schema }) => schema) } : {}),
    ...(expand.has('changelog') ? { changelog: latestHistory(view, issue) } : {}),
    ...(parts.properties.size > 0 ? { properties: propertiesOf(view, issue, parts) } : {}),
    fields,
  };
}

/** Newest first. */
function latestHistory(view: View, issue: JiraIssue) {
  const history = view.store.issues.history(issue.id).reverse();
  const latest = history.slice(0, HISTORY_WITH_ISSUE);
  return {
    startAt: 0,
    maxResults: latest.length,
    total: history.length,
    histories: latest.map((entry) => historyShape(view, entry)),
  };
}

function propertiesOf({ store }: View, issue: JiraIssue, { properties }: IssueParts) {
  const wanted = (key: string): boolean =>
    !properties.has(`-${key}`) && (properties.has('*all') || properties.has(key));
  const keys = store.issues.propertyKeys(issue.id).filter(wanted);
  return Object.fromEntries(keys.map((key) => [key, store.issues.property(issue.id, key)]));
}
