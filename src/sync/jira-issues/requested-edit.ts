/** What is to be written, as Jira takes it, and what cannot be. */
import type { AliasValue } from '../../contract/alias-value';
import { isElementConverter } from '../../contract/converters/convert';
import { isRefused, type ElementVerb } from '../../contract/converters/converter';
import { peopleIn, type Directory } from '../../contract/converters/person';
import { hashOf } from '../../jira/canonical-json';
import type { AliasWrite } from '../alias';
import type { AliasWrites, Aliases, WriteRefusal } from '../ports';
import { elementsOf } from '../merge-elements';
import type { JiraContext } from './jira-context';
import { mappedField, type MappedField } from './mapped-fields';
import { directoryOf } from './people';
import { partRefusal } from './refusals';
import { twinField } from './twin-fields';

type Value = AliasValue | null;

/** One alias of a request. */
export interface FieldWrite extends MappedField {
  /** Of `fields`, of `update`, or neither: there is nothing to do. */
  fields?: { json: unknown };
  update?: readonly ElementVerb[];
}

export interface RequestedEdit {
  writes: readonly FieldWrite[];
  refused: Readonly<Record<string, WriteRefusal>>;
  partly: Readonly<Record<string, WriteRefusal>>;
}

export interface EditedIssue {
  /** Id. */
  type: string | undefined;
  /** Its fields as Jira says them now; `undefined`: it is not there yet. */
  fields?: Readonly<Record<string, unknown>>;
}

/** @throws JiraError */
export async function requestedEdit(
  context: JiraContext,
  issue: EditedIssue,
  writes: AliasWrites<Value>,
  known: Aliases,
): Promise<RequestedEdit> {
  const directory = await directoryFor(context, writes);
  const fieldWrites: FieldWrite[] = [];
  const refused: Record<string, WriteRefusal> = {};
  const partly: Record<string, WriteRefusal> = {};
  for (const [alias, write] of Object.entries(writes)) {
    const { contract } = context;
    const mapped =
      twinField(contract, alias) ?? mappedField(contract, alias, directory, issue.type);
    const result = 'refusal' in mapped ? mapped : fieldWrite(mapped, write, known, issue);
    if ('refusal' in result) {
      refused[alias] = result.refusal;
    } else {
      fieldWrites.push(result.write);
      if (result.partly) partly[alias] = result.partly;
    }
  }
  return { writes: fieldWrites, refused, partly };
}

export const directoryFor = (
  context: JiraContext,
  writes: AliasWrites<Value>,
): Promise<Directory> =>
  directoryOf(
    context,
    Object.values(writes).flatMap((write) => (write.kind === 'value' ? peopleIn(write.value) : [])),
  );

type FieldResult = { write: FieldWrite; partly?: WriteRefusal } | { refusal: WriteRefusal };

function fieldWrite(
  mapped: MappedField,
  write: AliasWrite<Value>,
  known: Aliases,
  issue: EditedIssue,
): FieldResult {
  const { field, converter } = mapped;
  const current = issue.fields?.[field.id];
  if (write.kind === 'set') return setWrite(mapped, write, known, current);
  const writing = converter.write(write.value, current);
  if (isRefused(writing)) return writing;
  // Only what people see counts there: what it says already is not written again.
  if (mapped.isTwins && writing.json === current) return { write: mapped };
  if (field.kind === 'issue-type' && issue.fields) return sameType(mapped, current, writing.json);
  return { write: { ...mapped, ...(writing.json === undefined ? {} : { fields: writing }) } };
}

function setWrite(
  mapped: MappedField,
  { add, remove }: Extract<AliasWrite<Value>, { kind: 'set' }>,
  known: Aliases,
  current: unknown,
): FieldResult {
  const { alias, field, converter } = mapped;
  if (!isElementConverter(converter)) {
    const reason = `The field ${field.name} takes one value, and what came is a set: map it anew.`;
    return { refusal: { code: 'type-clash', reason } };
  }
  const set = known[alias];
  const wanted = set?.kind === 'set' ? elementsOf(set) : [...add];
  const writing = converter.writeElements({ wanted, removed: remove }, current);
  if (isRefused(writing)) return writing;
  const partly = partRefusal(writing.refused);
  const { update } = writing;
  return {
    write: { ...mapped, ...(update.length > 0 ? { update } : {}) },
    ...(partly ? { partly } : {}),
  };
}

/** Another type may have other fields and another workflow: that is a move, which no edit does. */
function sameType(mapped: MappedField, current: unknown, json: unknown): FieldResult {
  if (hashOf(idIn(current)) === hashOf(idIn(json))) return { write: mapped };
  const reason = `The issue type is set when an issue is created, and not changed later: change ${mapped.field.name} by hand, with “Move”.`;
  return { refusal: { code: 'cannot-change-type', reason } };
}

/** The id of a choice, as Jira has it in a field. */
export const idIn = (json: unknown): string | undefined =>
  typeof json === 'object' && json !== null && 'id' in json && typeof json.id === 'string'
    ? json.id
    : undefined;

/** The parts of a request. */
export const requestOf = (writes: readonly FieldWrite[]) => ({
  fields: Object.fromEntries(
    writes.flatMap(({ field, fields }) => (fields ? [[field.id, fields.json]] : [])),
  ),
  update: Object.fromEntries(
    writes.flatMap(({ field, update }) => (update ? [[field.id, update]] : [])),
  ),
});

export const changesSomething = ({ fields, update }: FieldWrite): boolean =>
  fields !== undefined || update !== undefined;
