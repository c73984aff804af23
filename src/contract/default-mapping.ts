/** A mapping that needs no hand between two projects as they come: system fields by what they are, custom ones by name and type. */
import type { JiraField, UnsupportedField } from '../jira/field-metadata';
import { caselessName } from './alias-value';
import { KIND_NAMES } from './converters/reading';
import { choiceCalled } from './converters/names';
import type { FieldDescription } from './description';
import { defaultConverter } from './kind-table';
import type { Direction, MappingEntry } from './mapping';

/** System fields that are mapped unless an admin says otherwise: Jira's id and what both sides call it. */
const DEFAULT_FIELDS: ReadonlyMap<string, string> = new Map([
  ['summary', 'summary'],
  ['description', 'description'],
  ['priority', 'priority'],
  ['labels', 'labels'],
  ['components', 'components'],
  ['fixVersions', 'fix-versions'],
  ['duedate', 'due-date'],
  ['assignee', 'assignee'],
  ['reporter', 'reporter'],
  ['issuetype', 'issue-type'],
  ['status', 'status'],
]);

/** What both sides call a field before an admin calls it otherwise. */
export function defaultAlias({
  id,
  name,
  custom,
}: Pick<JiraField, 'id' | 'name' | 'custom'>): string {
  if (!custom) return DEFAULT_FIELDS.get(id) ?? id;
  return `custom:${caselessName(name)}`;
}

export interface NotMapped {
  /** The field's name here. */
  field: string;
  /** For an admin: why not, and what to do about it. */
  reason: string;
}

/** Choices of a mapped field that one side has and the other lacks: issues with them will be refused. */
export interface Gap {
  alias: string;
  field: string;
  missingHere: string[];
  missingThere: string[];
}

export interface DefaultMapping {
  entries: MappingEntry[];
  notMapped: NotMapped[];
  gaps: Gap[];
}

/**
 * @param ours every field that the contract's issues have here
 * @param theirs what the remote contract exposes
 */
export function defaultMapping(
  ours: readonly (JiraField | UnsupportedField)[],
  theirs: readonly FieldDescription[],
): DefaultMapping {
  const mapping: DefaultMapping = { entries: [], notMapped: [], gaps: [] };
  const usable = ours.filter((field) => field.kind !== 'unsupported');
  for (const field of ours) {
    const result =
      field.kind === 'unsupported'
        ? field
        : mapField(field, theirs, isAmbiguous(field, usable, theirs));
    if ('reason' in result) {
      mapping.notMapped.push({ field: field.name, reason: result.reason });
    } else {
      mapping.entries.push(result.entry);
      mapping.gaps.push(...result.gaps);
    }
  }
  return mapping;
}

type Mapped = { entry: MappingEntry; gaps: Gap[] } | { reason: string };

/** Jira allows several custom fields of one name. */
function isAmbiguous(
  field: JiraField,
  ours: readonly JiraField[],
  theirs: readonly FieldDescription[],
): boolean {
  const alias = defaultAlias(field);
  return (
    ours.filter((one) => defaultAlias(one) === alias).length > 1 ||
    theirs.filter((one) => one.alias === alias).length > 1
  );
}

function mapField(
  field: JiraField,
  theirs: readonly FieldDescription[],
  ambiguous: boolean,
): Mapped {
  const alias = defaultAlias(field);
  if (!field.custom && !DEFAULT_FIELDS.has(field.id)) {
    return { reason: withNeed(field, 'It is mapped only if you choose it.') };
  }
  if (ambiguous) {
    return {
      reason: withNeed(
        field,
        `There are several fields called ${field.name}: choose which one is meant.`,
      ),
    };
  }
  const remote = theirs.find((one) => one.alias === alias);
  if (remote === undefined) {
    return { reason: withNeed(field, 'The other site has no such field, or does not expose it.') };
  }
  return mapTo(field, alias, remote);
}

function mapTo(field: JiraField, alias: string, remote: FieldDescription): Mapped {
  if (remote.kind === 'unsupported') {
    return { reason: withNeed(field, 'The other site cannot synchronize this field.') };
  }
  const receiving = defaultConverter(remote.kind, field.kind);
  const sending = defaultConverter(field.kind, remote.kind);
  if ('refusal' in receiving) return { reason: withNeed(field, receiving.refusal.reason) };
  if ('refusal' in sending) return { reason: withNeed(field, sending.refusal.reason) };
  if (receiving.verdict === 'lossy' || sending.verdict === 'lossy') {
    const kinds = `It holds ${KIND_NAMES[field.kind]} here and ${KIND_NAMES[remote.kind]} there`;
    return {
      reason: withNeed(field, `${kinds}, so that something would be lost: choose a direction.`),
    };
  }
  const direction = directionOf(field.readOnly, remote.readOnly);
  if (direction === undefined) return { reason: 'Neither site can change this field.' };
  const { converter } = receiving;
  const entry = { alias, fieldId: field.id, kind: field.kind, direction, converter };
  return { entry, gaps: gapsOf(field, alias, remote) };
}

/** A field that nobody can write only sends. */
function directionOf(isReadOnly: boolean, isReadOnlyThere: boolean): Direction | undefined {
  if (isReadOnly) return isReadOnlyThere ? undefined : 'send';
  return isReadOnlyThere ? 'receive' : 'both';
}

/** Without a value for it no issue can be created here. */
function withNeed({ required, hasDefault }: JiraField, reason: string): string {
  if (!required || hasDefault) return reason;
  return `${reason} It is required here, and issues that arrive have nothing for it: make it optional, or give it a default in Jira.`;
}

function gapsOf(field: JiraField, alias: string, remote: FieldDescription): Gap[] {
  const { choices } = field;
  if (choices === undefined || remote.choices === undefined) return [];
  const theirs = remote.choices.map((name) => ({ name }));
  const missingHere = remote.choices.filter((name) => choiceCalled(choices, name) === undefined);
  const missingThere = choices
    .map(({ name }) => name)
    .filter((name) => choiceCalled(theirs, name) === undefined);
  if (missingHere.length + missingThere.length === 0) return [];
  return [{ alias, field: field.name, missingHere, missingThere }];
}
