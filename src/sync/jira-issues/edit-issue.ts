/** Editing an issue: one request, and a second one without what Jira did not take in the first. */
import type { AliasValue } from '../../contract/alias-value';
import { askJira, type JiraRefusal } from '../../jira/client';
import {
  IssueUnreadable,
  type AliasWrites,
  type Aliases,
  type MarkerOf,
  type WriteRefusal,
  type WriteResult,
} from '../ports';
import { notAbsorbed } from '../alias';
import { entryOfRequest, fieldSince, newestEntry, type FieldHistory } from './history';
import { choiceIdIn, historyOf, issueSchema, type IssueAnswer } from './issue-answer';
import { markerToStore } from './issue-properties';
import { knownIssue, type JiraContext } from './jira-context';
import { observeField, type Observed } from './observe-issue';
import { valueInHistory } from './read-issue';
import { fieldRefusal, wholeRefusal } from './refusals';
import { changesSomething, requestedEdit, requestOf, type FieldWrite } from './requested-edit';
import { sawOurs } from './seen-until';

type Value = AliasValue | null;

/** @throws JiraError */
export async function editIssue(
  context: JiraContext,
  id: string,
  aliasWrites: AliasWrites<Value>,
  known: Aliases,
  markerOf: MarkerOf,
): Promise<WriteResult<Value>> {
  const before = await knownIssue(context, id);
  if (!before) throw new IssueUnreadable();
  const issue = { type: choiceIdIn(before, 'issuetype'), fields: before.fields };
  const { writes, refused, partly } = await requestedEdit(context, issue, aliasWrites, known);
  const first = await sendEdit(context, before, writes, markerOf);
  const left = writes.filter(({ alias }) => !Object.hasOwn(first.refused, alias));
  const isSecond = first.after === undefined && left.length > 0;
  const second = isSecond ? await sendEdit(context, before, left, markerOf) : undefined;
  const done = second ?? first;
  const inTheWay = { ...first.refused, ...second?.refused };
  // Jira refuses a request as a whole: what was not named twice is not written either.
  const rest = done.after ? {} : { ...first.whole, ...done.whole };
  const written = left.filter(
    ({ alias }) => ![inTheWay, rest].some((one) => Object.hasOwn(one, alias)),
  );
  const after = done.after ?? before;
  return {
    ...outcome(context, before, after, written, known),
    refused: { ...refused, ...rest, ...inTheWay },
    partly: pick(partly, written),
  };
}

interface Sent {
  /** The issue after the edit; `undefined`: there was none. */
  after?: IssueAnswer;
  /** By alias: what Jira says of single fields. */
  refused: Record<string, WriteRefusal>;
  /** By alias: what was in a request that was refused. */
  whole: Record<string, WriteRefusal>;
}

async function sendEdit(
  context: JiraContext,
  before: IssueAnswer,
  writes: readonly FieldWrite[],
  markerOf: MarkerOf,
): Promise<Sent> {
  // What is there already needs no request, and leaves no marker.
  if (!writes.some(changesSomething)) return { after: before, refused: {}, whole: {} };
  const { jira, as, connection, contract, time } = context;
  const marker = markerOf(writes.map(({ alias }) => alias));
  const anchors = {
    ...context.anchors.get(before.id),
    [marker.write]: { since: newestEntry(before) },
  };
  context.anchors.set(before.id, anchors);
  const names = { connection: connection.id, contract: contract.name };
  const asked = await askJira(jira, 'editIssue', issueSchema, {
    as,
    path: { issueIdOrKey: before.id },
    query: { returnIssue: 'true', expand: 'changelog' },
    body: { ...requestOf(writes), properties: [markerToStore(marker, anchors, names)] },
    time,
  });
  if ('answer' in asked) return { after: remember(context, before, asked.answer), ...NOTHING };
  return refusedBy(asked.refusal, writes);
}

const NOTHING = { refused: {}, whole: {} };

/** The answer need not have every field that was read. */
function remember(context: JiraContext, before: IssueAnswer, answer: IssueAnswer): IssueAnswer {
  const after = { ...before, ...answer, fields: { ...before.fields, ...answer.fields } };
  sawOurs(context, before, after);
  context.read.set(before.id, after);
  return after;
}

/** Jira tells all that is wrong with fields at once. Where it names none of ours, nothing can be tried without it. */
function refusedBy(refusal: JiraRefusal, writes: readonly FieldWrite[]): Sent {
  const all = wholeRefusal(refusal);
  const named = writes.flatMap(({ alias, field }) => {
    const words = Object.hasOwn(refusal.errors, field.id) ? refusal.errors[field.id] : undefined;
    return words === undefined ? [] : [[alias, fieldRefusal(field.name, words)] as const];
  });
  const whole = Object.fromEntries(writes.map(({ alias }) => [alias, all]));
  return { refused: named.length > 0 ? Object.fromEntries(named) : whole, whole };
}

function outcome(
  context: JiraContext,
  before: IssueAnswer,
  after: IssueAnswer,
  written: readonly FieldWrite[],
  known: Aliases,
): Pick<WriteResult<Value>, 'readBack' | 'was' | 'changes'> {
  const since = newestEntry(before);
  const told = written.map((write) => ({
    alias: write.alias,
    readBack: leftBy(context, before, after, write, known),
    was: replacedBy(context, before, after, write, known),
  }));
  return {
    readBack: withoutUndefined(told.map(({ alias, readBack }) => [alias, readBack])),
    was: withoutUndefined(told.map(({ alias, was }) => [alias, was])),
    changes:
      after === before
        ? []
        : entryOfRequest(
            historyOf(after),
            since,
            context.account,
            written.map(({ field }) => field.id),
          ),
  };
}

/**
 * What the write has left. Where somebody was there since, that is not told: what is there now is theirs, and
 * would be taken for ours.
 */
function leftBy(
  context: JiraContext,
  before: IssueAnswer,
  after: IssueAnswer,
  write: FieldWrite,
  known: Aliases,
): Observed | undefined {
  if (!changesSomething(write)) return observeField(context, before, write, known);
  const now = observeField(context, after, write, known);
  if (!now || context.account === undefined) return now;
  const told = changeOf(context, before, after, write);
  if (now.kind === 'set') return told?.unseen ? notAbsorbed(now) : now;
  return told?.isOurs === false ? undefined : now;
}

/** What was read, unless somebody has changed it between the reading and the write. */
function replacedBy(
  context: JiraContext,
  before: IssueAnswer,
  after: IssueAnswer,
  write: FieldWrite,
  known: Aliases,
): Observed | undefined {
  const { unseen } = changeOf(context, before, after, write) ?? {};
  return unseen
    ? valueInHistory(write, unseen.value, unseen.at)
    : observeField(context, before, write, known);
}

const changeOf = (
  { account }: JiraContext,
  before: IssueAnswer,
  after: IssueAnswer,
  { field }: FieldWrite,
): FieldHistory | undefined =>
  fieldSince(historyOf(after), field.id, newestEntry(before), account, 'newest');

const withoutUndefined = <T>(entries: [string, T | undefined][]): Record<string, T> =>
  Object.fromEntries(
    entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );

const pick = <T>(record: Readonly<Record<string, T>>, writes: readonly FieldWrite[]) =>
  withoutUndefined(writes.map(({ alias }) => [alias, record[alias]]));
