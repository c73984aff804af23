/** Creating an issue that says where it came from: one request, a second one without what Jira did not take. */
import { z } from 'zod';
import type { AliasValue } from '../../contract/alias-value';
import type { JiraField } from '../../jira/field-metadata';
import { askJira, JiraError, type JiraRefusal } from '../../jira/client';
import type { AliasWrites, CreatedIssue, MarkerOf, Passed, WriteRefusal } from '../ports';
import { joinedRefusal } from '../joined-refusal';
import { entriesOf } from './history';
import { historyOf } from './issue-answer';
import { markerToStore, originToStore } from './issue-properties';
import { fetchIssue, type JiraContext } from './jira-context';
import { entryOf, fieldOf, mappedField, NOBODY } from './mapped-fields';
import { observeIssue } from './observe-issue';
import { fieldRefusal, wholeRefusal } from './refusals';
import { idIn, requestedEdit, type FieldWrite } from './requested-edit';
import { sawOurs } from './seen-until';

type Value = AliasValue | null;
type Created = CreatedIssue<Value> | { refusal: WriteRefusal };

const createdSchema = z.object({ id: z.string() });

/** @throws JiraError where nothing is known of what has happened */
export async function createIssue(
  context: JiraContext,
  aliasWrites: AliasWrites<Value>,
  birth: Passed & { nonce: string },
  markerOf: MarkerOf,
): Promise<Created> {
  const type = typeOf(context, aliasWrites);
  const requested = await requestedEdit(context, { type }, aliasWrites, {});
  const inTheWay = requiredIn(context, requested.refused, type);
  if (inTheWay) return { refusal: inTheWay };
  const request = { birth, markerOf };
  const first = await sendCreate(context, requested.writes, request);
  if ('id' in first) return created(context, first.id, requested);
  const optional = optionalIn(first.refusal, requested.writes);
  if ('refusal' in optional) return optional;
  const left = requested.writes.filter(({ alias }) => !Object.hasOwn(optional.refused, alias));
  const second = await sendCreate(context, left, request);
  if ('refusal' in second) return { refusal: wholeRefusal(second.refusal) };
  const refused = { ...requested.refused, ...optional.refused };
  return created(context, second.id, { ...requested, refused });
}

/** Id of the issue type that it is to have. */
function typeOf({ contract }: JiraContext, writes: AliasWrites<Value>): string | undefined {
  const alias = contract.mapping.find(({ kind }) => kind === 'issue-type')?.alias;
  const write = alias === undefined ? undefined : writes[alias];
  if (alias === undefined || write?.kind !== 'value') return contract.issueTypes[0]?.id;
  const mapped = mappedField(contract, alias, NOBODY, undefined);
  const writing = 'refusal' in mapped ? mapped : mapped.converter.write(write.value);
  return 'refusal' in writing ? undefined : idIn(writing.json);
}

/** Without a value that Jira wants and does not fill in by itself there is no issue. */
const isNeeded = ({ required, hasDefault }: JiraField): boolean => required && !hasDefault;

function requiredIn(
  { contract }: JiraContext,
  refused: Readonly<Record<string, WriteRefusal>>,
  type: string | undefined,
): WriteRefusal | undefined {
  const needed = Object.entries(refused).filter(([alias]) => {
    const entry = entryOf(contract, alias);
    const field = entry && fieldOf(contract, entry, type);
    return field !== undefined && isNeeded(field);
  });
  return joinedRefusal(needed.map(([, refusal]) => refusal));
}

async function sendCreate(
  context: JiraContext,
  writes: readonly FieldWrite[],
  { birth, markerOf }: { birth: Passed & { nonce: string }; markerOf: MarkerOf },
): Promise<{ id: string } | { refusal: JiraRefusal }> {
  const { jira, as, connection, contract, time } = context;
  const marker = markerOf(writes.map(({ alias }) => alias));
  // What an issue is created with is in no entry of its history.
  const anchors = { [marker.write]: { since: null } };
  const [type] = contract.issueTypes;
  const asked = await askJira(jira, 'createIssue', createdSchema, {
    as,
    body: {
      fields: {
        ...(type ? { issuetype: { id: type.id } } : {}),
        ...Object.fromEntries(writes.flatMap(newValue)),
        project: { id: contract.project.id },
      },
      properties: [
        originToStore(birth, connection.id),
        markerToStore(marker, anchors, { connection: connection.id, contract: contract.name }),
      ],
    },
    time,
  });
  if ('refusal' in asked) return asked;
  context.anchors.set(asked.answer.id, anchors);
  return { id: asked.answer.id };
}

/** Of a set, a list of what is to be in it. Nothing is said of what is to be empty: a new issue is. */
function newValue({ field, fields, update }: FieldWrite): [string, unknown][] {
  if (update) return [[field.id, update.flatMap((verb): unknown[] => Object.values(verb))]];
  return fields === undefined || fields.json === null ? [] : [[field.id, fields.json]];
}

/** What Jira did not take, if an issue can be without it. */
function optionalIn(
  refusal: JiraRefusal,
  writes: readonly FieldWrite[],
): { refused: Record<string, WriteRefusal> } | { refusal: WriteRefusal } {
  const named = Object.entries(refusal.errors).map(([fieldId, words]) => {
    return { words, write: writes.find(({ field }) => field.id === fieldId) };
  });
  const isOptional = named.every(({ write }) => write !== undefined && !isNeeded(write.field));
  if (named.length === 0 || !isOptional) return { refusal: wholeRefusal(refusal) };
  return {
    refused: Object.fromEntries(
      named.flatMap(({ words, write }) =>
        write ? [[write.alias, fieldRefusal(write.field.name, words)] as const] : [],
      ),
    ),
  };
}

async function created(
  context: JiraContext,
  issue: string,
  { refused, partly }: Pick<CreatedIssue<Value>, 'refused' | 'partly'>,
): Promise<Created> {
  const answer = await fetchIssue(context, issue);
  // It is there: whoever comes next finds it by its nonce.
  if (!answer) throw new JiraError('unavailable', 'Jira does not show us the new issue');
  sawOurs(context, undefined, answer);
  const changes = entriesOf(historyOf(answer), null, context.account);
  return { issue, readBack: observeIssue(context, answer, {}), refused, partly, changes };
}
