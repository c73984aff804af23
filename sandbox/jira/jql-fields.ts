/** The fields that a query can name (Jira: JQL fields), and what each of them is on this site. */
import { textOf } from './adf';
import { visibleComments } from './comment-access';
import { STATUS_CATEGORIES } from './configuration-shapes';
import type { Priority } from './configuration';
import { NotModelled } from './errors';
import { appliesTo, fieldsOf, isCustom, type Field, type FieldValue } from './fields';
import type { JiraIssue } from './issue-store';
import { EQUALITY, JqlFault, missing, ORDERED, type JqlContext, type JqlField } from './jql-field';
import {
  choiceField,
  dateField,
  labelsField,
  numberField,
  textField,
  userField,
} from './jql-field-kinds';
import { keyField, parentField } from './jql-issue-fields';

type Reader = (context: JqlContext) => JqlField;

const valueOf =
  (id: string) =>
  ({ values }: JiraIssue): FieldValue | undefined =>
    values[id];

/** By name and alias, in small letters. */
const systemFields = new Map<string, Reader>([
  ...named(['project'], projectField),
  ...named(['issuetype', 'type'], ({ view }) =>
    choiceField(({ issueTypeId }) => issueTypeId, view.store.configuration.issueTypes.list()),
  ),
  ...named(['status'], ({ view }) =>
    choiceField(({ statusId }) => statusId, view.store.configuration.statuses.list()),
  ),
  ...named(['statuscategory'], statusCategoryField),
  ...named(['priority'], priorityField),
  ...named(['resolution'], resolutionField),
  ...named(['labels'], () => labelsField(valueOf('labels'))),
  ...named(['component'], (context) => partField('components', 'components', context)),
  ...named(['fixversion'], (context) => partField('fixVersions', 'versions', context)),
  ...named(['affectedversion'], (context) => partField('versions', 'versions', context)),
  ...named(['level'], ({ view }) =>
    choiceField(valueOf('security'), view.store.configuration.securityLevels.list()),
  ),
  ...named(['assignee'], (context) => userField(valueOf('assignee'), context)),
  ...named(['reporter'], (context) => userField(valueOf('reporter'), context)),
  ...named(['creator'], (context) => userField(({ creator }) => creator, context)),
  ...named(['summary'], () => textField(valueOf('summary'))),
  ...named(['description'], () => textField(valueOf('description'))),
  ...named(['environment'], () => textField(valueOf('environment'))),
  ...named(['comment'], (context) => ({
    ...textField(commentsOf(context)),
    operators: ['~', '!~'],
  })),
  ...named(['text', 'textfields'], allTextField),
  ...named(['key', 'issuekey', 'id', 'issue'], keyField),
  ...named(['parent'], parentField),
  ...named(
    ['created', 'createddate'],
    latestFirst(({ created }) => created),
  ),
  ...named(
    ['updated', 'updateddate'],
    latestFirst(({ updated }) => updated),
  ),
  ...named(
    ['resolved', 'resolutiondate'],
    latestFirst(({ resolved }) => resolved),
  ),
  ...named(
    ['statuscategorychangeddate'],
    latestFirst(({ statusChanged }) => statusChanged),
  ),
  ...named(['due', 'duedate'], (context) => dateField(dayOf('duedate'), context, true)),
]);

/** What Jira has beside these. In small letters. */
const UNMODELLED = new Set([
  ...['approvals', 'attachments', 'category', 'development', 'epic link', 'filter'],
  ...['hierarchylevel', 'issue.property', 'issuelinktype', 'lastviewed', 'organizations'],
  ...['originalestimate', 'parentproject', 'projecttype', 'rank', 'remainingestimate', 'request'],
  ...['savedfilter', 'searchrequest', 'sprint', 'subtasks', 'team', 'timeestimate', 'timespent'],
  ...[
    'timeoriginalestimate',
    'voter',
    'votes',
    'watcher',
    'watchers',
    'workratio',
    'worklogauthor',
  ],
  ...['worklogcomment', 'worklogdate', 'customer request type', 'request-channel-type'],
  ...['request-last-activity-time', 'assignee.property', 'creator.property', 'project.property'],
  ...['reporter.property', 'issuelink', 'updatedby'],
]);

/**
 * The field that a query names. A custom field counts where a project has it that the caller can browse.
 *
 * @throws JqlFault for a field that is not there, or that the caller cannot see
 * @throws NotModelled
 */
export function fieldNamed(name: string, context: JqlContext): JqlField {
  const wanted = name.toLowerCase();
  const system = systemFields.get(wanted);
  if (system && (context.projects.length > 0 || wanted === 'project')) return system(context);
  const custom = customFields(context).filter(
    (field) => field.name.toLowerCase() === wanted || clauseOf(field) === wanted,
  );
  if (custom.length > 1) throw new NotModelled(`two custom fields with the name '${name}' in JQL`);
  const [field] = custom;
  if (field) return customField(field, context);
  if (UNMODELLED.has(wanted)) throw new NotModelled(`the field '${name}' in JQL`);
  // Both in Jira's own words, the former [2nd].
  throw new JqlFault([
    context.view.caller === undefined
      ? `Field '${name}' does not exist or this field cannot be viewed by anonymous users.`
      : `Field '${name}' does not exist or you do not have permission to view it.`,
  ]);
}

const clauseOf = ({ id }: Field): string => `cf[${id.replace('customfield_', '')}]`;

function customFields({ view, projects }: JqlContext): Field[] {
  return fieldsOf(view.store.configuration).filter(
    (field) => isCustom(field) && projects.some(({ id }) => appliesTo(field, id)),
  );
}

function customField(field: Field, context: JqlContext): JqlField {
  const of = valueOf(field.id);
  switch (field.type) {
    case 'option':
    case 'options':
      return optionField(field);
    case 'user':
      return userField(of, context);
    case 'number':
      return numberField((issue) => numberIn(of(issue)));
    case 'date':
      return dateField(dayOf(field.id), context, true);
    case 'datetime':
      return dateField(instantIn(field.id), context);
    case 'labels':
      return labelsField(of);
    case 'url':
      return { ...textField(of), operators: EQUALITY };
    case 'text':
    case 'document':
      return textField(of);
    default:
      throw new NotModelled(`the field '${field.name}' in JQL`);
  }
}

function optionField(field: Field): JqlField {
  const options = (field.options ?? []).map(({ id, value }) => ({ id, name: value }));
  const choice = choiceField(valueOf(field.id), options);
  return {
    ...choice,
    read(text, name) {
      if (options.some((one) => one.id === text || one.name.toLowerCase() === text.toLowerCase())) {
        return choice.read(text, name);
      }
      throw missing(`The option '${text}' for field '${name}' does not exist.`);
    },
  };
}

function named(names: string[], reader: Reader): [string, Reader][] {
  return names.map((name) => [name, reader]);
}

/** By key, name or id; only those that the caller can browse. */
function projectField({ projects }: JqlContext): JqlField {
  const byName = choiceField(({ projectId }) => projectId, projects);
  return {
    ...byName,
    read(text, name) {
      const found = projects.find(({ key }) => key === text.toUpperCase());
      return found ? [found.id] : byName.read(text, name);
    },
  };
}

function statusCategoryField({ view }: JqlContext): JqlField {
  const categories = Object.values(STATUS_CATEGORIES).map(({ id, name }) => ({
    id: String(id),
    name,
  }));
  return choiceField(({ statusId }) => {
    const status = view.store.configuration.statuses.get(statusId);
    return status && String(STATUS_CATEGORIES[status.category].id);
  }, categories);
}

/** `>` is *higher than*; in the order of the site's priorities. */
function priorityField({ view }: JqlContext): JqlField {
  const priorities: Priority[] = view.store.configuration.priorities.list();
  const rank = (id: string | number | undefined): number =>
    -priorities.findIndex((one) => one.id === id);
  const field = choiceField(valueOf('priority'), priorities);
  return {
    ...field,
    operators: ORDERED,
    compare: (one, other) => rank(one) - rank(other),
    order(issue) {
      const [id] = field.of(issue);
      return id === undefined ? undefined : rank(id);
    },
    isDescending: true,
  };
}

/** `Unresolved` is no resolution (Jira: JQL fields, *Resolution*). */
function resolutionField({ view }: JqlContext): JqlField {
  const field = choiceField(valueOf('resolution'), view.store.configuration.resolutions.list());
  return {
    ...field,
    read: (text, name) => (text.toLowerCase() === 'unresolved' ? [null] : field.read(text, name)),
  };
}

/** Components or versions of projects that the caller can browse; of several projects by one name. */
function partField(
  fieldId: string,
  kind: 'components' | 'versions',
  { view, projects }: JqlContext,
): JqlField {
  const parts = view.store.configuration[kind].list();
  return choiceField(
    valueOf(fieldId),
    parts.filter(({ projectId }) => projects.some(({ id }) => id === projectId)),
  );
}

/** The comments that the caller sees, as they are now: they are never behind. */
const commentsOf =
  ({ view }: JqlContext) =>
  (issue: JiraIssue): string[] =>
    visibleComments(view, issue).map(({ body }) => textOf(body));

/** Summary, description, environment, comments and the custom fields that are text. */
function allTextField(context: JqlContext): JqlField {
  const custom = customFields(context)
    .filter(({ type }) => type === 'text' || type === 'document')
    .map(({ id }) => valueOf(id));
  const system = ['summary', 'description', 'environment'].map(valueOf);
  return { ...textField(...system, ...custom, commentsOf(context)), operators: ['~'] };
}

function latestFirst(of: (issue: JiraIssue) => number | undefined): Reader {
  return (context) => ({ ...dateField(of, context), isDescending: true });
}

/** The beginning in UTC of the day that an issue has there. */
const dayOf =
  (id: string) =>
  ({ values }: JiraIssue): number | undefined => {
    const day = values[id];
    return typeof day === 'string' ? Date.parse(`${day}T00:00:00Z`) : undefined;
  };

const instantIn =
  (id: string) =>
  ({ values }: JiraIssue): number | undefined => {
    const text = values[id];
    return typeof text === 'string' ? Date.parse(text.replace('+0000', 'Z')) : undefined;
  };

const numberIn = (value: FieldValue | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;
