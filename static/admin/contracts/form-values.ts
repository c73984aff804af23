/** What stands in the form of a contract, and what of it is sent. */
import type { ApiError, ContractDraft, ContractView } from '../../../src/entry/admin/api';
import type { FieldChoices } from './field-choices';
import { EVENTS, keysOf, type EventKind } from './words';

export interface ContractValues extends Omit<
  ContractDraft,
  'connection' | 'jql' | 'screenDefaults' | 'statusField' | 'keyField'
> {
  /** Of any project that was chosen meanwhile: those of the project that is chosen now count. */
  issueTypeIds: string[];
  jql: string;
  /** By field id, of any project: those that are asked for now count. Empty: none. */
  screenDefaults: Readonly<Record<string, string>>;
  /** Ids of fields, of any project: those that can be chosen now count. Empty: none. */
  statusField: string;
  keyField: string;
}

/** A project that can be chosen, with its issue types. */
export interface Project {
  id: string;
  key: string;
  name: string;
  issueTypes: readonly { id: string; name: string }[];
}

/** In the order of the form. */
export const LABELS: Readonly<Record<keyof ContractValues, string>> = {
  name: 'Name',
  projectId: 'Project',
  issueTypeIds: 'Issue types',
  jql: 'Filter (JQL)',
  direction: 'Direction',
  events: 'What is sent',
  internalComments: 'Send internal comments',
  screenDefaults: 'Defaults for screens',
  statusField: 'Its status',
  keyField: 'Its key',
  policy: 'Conflicts',
  onRemoteDelete: 'When the original is deleted',
};

export const FIELDS = keysOf(LABELS);

/** The form of a new contract, or of a stored one. */
export function initialValues(stored?: ContractView): ContractValues {
  return {
    name: stored?.name ?? '',
    projectId: stored?.projectId ?? '',
    issueTypeIds: stored?.issueTypeIds ?? [],
    jql: stored?.jql ?? '',
    events: stored?.events ?? ['create', 'update', 'comment', 'status'],
    direction: stored?.direction ?? 'both',
    policy: stored?.policy ?? 'newest',
    internalComments: stored?.internalComments ?? false,
    statusField: stored?.statusField ?? '',
    keyField: stored?.keyField ?? '',
    screenDefaults: Object.fromEntries(
      (stored?.screenDefaults ?? []).map(({ fieldId, value }) => [fieldId, value]),
    ),
    onRemoteDelete: stored?.onRemoteDelete ?? 'keep',
  };
}

/** What can be chosen: what the Local User sees, and what the stored contract has, seen or not. */
export function withStored(listed: readonly Project[], stored?: ContractView): readonly Project[] {
  if (stored === undefined) return listed;
  const own = { ...stored.project, id: stored.projectId, issueTypes: stored.issueTypes };
  const found = listed.find(({ id }) => id === own.id);
  if (found === undefined) return [own, ...listed];
  const gone = own.issueTypes.filter(
    ({ id }) =>
      stored.issueTypeIds.includes(id) && !found.issueTypes.some((type) => type.id === id),
  );
  if (gone.length === 0) return listed;
  const whole = { ...found, issueTypes: [...found.issueTypes, ...gone] };
  return listed.map((project) => (project === found ? whole : project));
}

/** The issue types that were chosen of the project that is chosen. */
export function chosenTypes(
  { projectId, issueTypeIds }: Pick<ContractValues, 'projectId' | 'issueTypeIds'>,
  projects: readonly Project[],
): Project['issueTypes'] {
  const project = projects.find(({ id }) => id === projectId);
  return project?.issueTypes.filter(({ id }) => issueTypeIds.includes(id)) ?? [];
}

/**
 * What is sent. An empty filter is none.
 *
 * @param choices fields as the form offers them
 */
export function draftOf(
  { jql, screenDefaults, statusField, keyField, ...values }: ContractValues,
  connection: string,
  projects: readonly Project[],
  { fields, textFields }: FieldChoices,
): ContractDraft {
  const isOffered = (id: string) => textFields.some(({ fieldId }) => fieldId === id);
  const filled = fields.flatMap(({ fieldId }) => {
    const value = screenDefaults[fieldId]?.trim() ?? '';
    return value === '' ? [] : [{ fieldId, value }];
  });
  return {
    ...values,
    connection,
    issueTypeIds: chosenTypes(values, projects).map(({ id }) => id),
    ...(filled.length === 0 ? {} : { screenDefaults: filled }),
    ...(isOffered(statusField) ? { statusField } : {}),
    ...(isOffered(keyField) ? { keyField } : {}),
    ...(jql.trim() === '' ? {} : { jql }),
  };
}

/** A new issue gets its twin by itself or when somebody asks: the one that was just chosen counts. */
export function withEvents(
  before: readonly EventKind[],
  chosen: readonly EventKind[],
): EventKind[] {
  const isNew = (event: EventKind) => chosen.includes(event) && !before.includes(event);
  const takesAway: EventKind | undefined = isNew('create')
    ? 'manual-only'
    : isNew('manual-only')
      ? 'create'
      : undefined;
  return keysOf(EVENTS).filter((event) => chosen.includes(event) && event !== takesAway);
}

/** The fields that must be filled and are not, told at once, without a call. A preview needs the project only. */
export function missingFields(values: ContractValues, purpose: 'save' | 'preview'): ApiError[] {
  const missing = (field: keyof ContractDraft, message: string): ApiError[] => [
    { field, code: 'required', message },
  ];
  return [
    ...(purpose === 'save' && values.name.trim() === ''
      ? missing('name', 'Enter a name. The contract of the other site must have the same.')
      : []),
    ...(values.projectId === '' ? missing('projectId', 'Choose a project.') : []),
    ...(purpose === 'save' && values.direction !== 'receive' && values.events.length === 0
      ? missing('events', 'Choose at least one, or receive only.')
      : []),
  ];
}

/** The errors that still stand after these values were changed. */
export function errorsAfter(
  errors: readonly ApiError[],
  changed: Partial<ContractValues>,
): ApiError[] {
  const fields = Object.keys(changed);
  // Types and fields of a filter are of a project; what is sent depends on the direction.
  if (fields.includes('projectId'))
    fields.push('issueTypeIds', 'jql', 'screenDefaults', 'statusField', 'keyField');
  if (fields.includes('direction')) fields.push('events');
  return errors.filter(({ field }) => field === undefined || !fields.includes(field));
}
