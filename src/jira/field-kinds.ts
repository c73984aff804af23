/** What a field of Jira can hold, as far as this app can move it: a closed set, told from Jira's own schema of the field. */
import { z } from 'zod';

export const FIELD_KINDS = [
  'text',
  'rich-text',
  'number',
  'date',
  'datetime',
  'url',
  'user',
  'option',
  'priority',
  'resolution',
  'issue-type',
  'status',
  'options',
  'labels',
  'components',
  'versions',
] as const;

/** `text` is a single line; `option` one of a select list, `options` several. */
export type FieldKind = (typeof FIELD_KINDS)[number];

/** A field's `schema` in Jira's REST API v3 (`JsonTypeBean`). */
export const fieldSchemaSchema = z.object({
  type: z.string(),
  items: z.string().optional(),
  /** A system field: its name. */
  system: z.string().optional(),
  /** A custom field: the key of its type. */
  custom: z.string().optional(),
  customId: z.number().optional(),
});
export type FieldSchema = z.infer<typeof fieldSchemaSchema>;

export type Classified =
  | {
      kind: FieldKind;
      /** Jira sets it; nobody can write it. */
      readOnly: boolean;
    }
  | {
      kind: 'unsupported';
      /** For a person: what is in the way. */
      reason: string;
    };

const writable = (kind: FieldKind): Classified => ({ kind, readOnly: false });
const readOnly = (kind: FieldKind): Classified => ({ kind, readOnly: true });
const unsupported = (reason: string): Classified => ({ kind: 'unsupported', reason });

/** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/ */
const SYSTEM_FIELDS: ReadonlyMap<string, Classified> = new Map([
  ['summary', writable('text')],
  ['description', writable('rich-text')],
  ['environment', writable('rich-text')],
  ['priority', writable('priority')],
  ['labels', writable('labels')],
  ['components', writable('components')],
  ['fixVersions', writable('versions')],
  ['versions', writable('versions')],
  ['duedate', writable('date')],
  ['assignee', writable('user')],
  ['reporter', writable('user')],
  ['creator', readOnly('user')],
  ['created', readOnly('datetime')],
  ['updated', readOnly('datetime')],
  ['resolutiondate', readOnly('datetime')],
  ['resolution', writable('resolution')],
  ['issuetype', writable('issue-type')],
  ['status', writable('status')],
  ['attachment', unsupported('Attachments are not a field that can be mapped.')],
  ['comment', unsupported('Comments are synchronized by the contract’s events, not as a field.')],
  ['worklog', unsupported('Work logs are not synchronized yet.')],
  ['issuelinks', unsupported('Issue links are not synchronized yet.')],
  ['parent', unsupported('The parent of an issue is not synchronized yet.')],
  ['subtasks', unsupported('Subtasks are not synchronized yet.')],
  ['security', unsupported('Security levels belong to one site and are never synchronized.')],
  ['project', unsupported('The project is chosen by the contract.')],
  ['timetracking', unsupported('Time tracking is not synchronized yet.')],
]);

const CUSTOM_TYPES = 'com.atlassian.jira.plugin.system.customfieldtypes:';

const severalUsers = unsupported('Fields with several users are not synchronized yet.');
const groups = unsupported('Groups belong to one site and are never synchronized.');

/**
 * The types that come with Jira, by the part of their key behind `CUSTOM_TYPES`.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/#api-rest-api-3-field-post
 */
const CUSTOM_FIELDS: ReadonlyMap<string, Classified> = new Map([
  ['textfield', writable('text')],
  ['textarea', writable('rich-text')],
  ['float', writable('number')],
  ['datepicker', writable('date')],
  ['datetime', writable('datetime')],
  ['url', writable('url')],
  ['userpicker', writable('user')],
  ['select', writable('option')],
  ['radiobuttons', writable('option')],
  ['multiselect', writable('options')],
  ['multicheckboxes', writable('options')],
  ['labels', writable('labels')],
  ['multiversion', writable('versions')],
  ['readonlyfield', readOnly('text')],
  ['importid', readOnly('number')],
  ['cascadingselect', unsupported('Cascading select lists are not synchronized yet.')],
  ['multiuserpicker', severalUsers],
  ['people', severalUsers],
  ['grouppicker', groups],
  ['multigrouppicker', groups],
  ['project', unsupported('Projects belong to one site and are never synchronized.')],
  ['version', unsupported('Fields with a single version are not synchronized yet.')],
]);

/** What each kind looks like in Jira's schema: a field whose own differs is not what it is called. */
const SHAPES: Record<FieldKind, string> = {
  text: 'string',
  'rich-text': 'string',
  number: 'number',
  date: 'date',
  datetime: 'datetime',
  url: 'string',
  user: 'user',
  option: 'option',
  priority: 'priority',
  resolution: 'resolution',
  'issue-type': 'issuetype',
  status: 'status',
  options: 'array of option',
  labels: 'array of string',
  components: 'array of component',
  versions: 'array of version',
};

/**
 * The kind of a field by its schema. Jira's `GET /field` has fields without one (`thumbnail`, `issuekey`):
 * those cannot be mapped.
 */
export function classifyField(schema: FieldSchema | undefined): Classified {
  if (schema === undefined) return unsupported('Jira does not say what this field holds.');
  const found = byName(schema);
  if (found.kind === 'unsupported') return found;
  const shape = schema.type === 'array' ? `array of ${schema.items ?? 'nothing'}` : schema.type;
  return shape === SHAPES[found.kind]
    ? found
    : unsupported(`Jira says that this field holds ${shape}, which is not what its type holds.`);
}

function byName({ system, custom }: FieldSchema): Classified {
  if (system !== undefined) {
    return SYSTEM_FIELDS.get(system) ?? unsupported(`Jira’s field ${system} is not synchronized.`);
  }
  if (custom === undefined) return unsupported('Jira does not say of what type this field is.');
  if (!custom.startsWith(CUSTOM_TYPES)) {
    return unsupported(
      'Fields of other apps are not synchronized: their values mean something to that app only.',
    );
  }
  const type = custom.slice(CUSTOM_TYPES.length);
  return CUSTOM_FIELDS.get(type) ?? unsupported(`Fields of the type ${type} are not synchronized.`);
}
