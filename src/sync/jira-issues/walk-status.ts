/** A status is reached by transitions: one request for each, and the marker goes with every one. */
import { z } from 'zod';
import type { AliasValue } from '../../contract/alias-value';
import { isRefused } from '../../contract/converters/converter';
import { screenDefaultsOf } from '../../contract/screen-defaults';
import { askJira, callJira, JiraError } from '../../jira/client';
import { nextStep, startWalk, withoutStep } from '../../jira/transition-path';
import { transitionsSchema, type Transition } from '../../jira/transitions';
import type { AliasWrite } from '../alias';
import { IssueUnreadable, type MarkerOf, type WriteRefusal, type WriteResult } from '../ports';
import { entriesOf, fieldSince, newestEntry } from './history';
import { choiceIdIn, historyOf, type IssueAnswer } from './issue-answer';
import { markerToStore } from './issue-properties';
import { fetchIssue, knownIssue, type JiraContext } from './jira-context';
import { mappedField, NOBODY, type MappedField } from './mapped-fields';
import { observeField, type Observed } from './observe-issue';
import { valueInHistory } from './read-issue';
import { wholeRefusal } from './refusals';
import { sawOurs } from './seen-until';

type Value = AliasValue | null;

/** @throws JiraError also where somebody else moves the issue meanwhile: the merge has to decide again */
export async function walkStatus(
  context: JiraContext,
  id: string,
  [alias, write]: readonly [string, AliasWrite<Value>],
  markerOf: MarkerOf,
): Promise<WriteResult<Value>> {
  const before = await knownIssue(context, id);
  if (!before) throw new IssueUnreadable();
  const mapped = mappedField(context.contract, alias, NOBODY, choiceIdIn(before, 'issuetype'));
  if ('refusal' in mapped) return resultOf(alias, { refusal: mapped.refusal });
  const target = targetOf(mapped, write);
  if ('refusal' in target) return resultOf(alias, target);
  const walked = await walk(
    context,
    before,
    target.id,
    stepMarker(context, before, target.id, () => markerOf([alias])),
  );
  const was = observeField(context, before, mapped, {});
  if (walked.left === undefined) return resultOf(alias, { ...walked, readBack: was, was });
  return afterWalk(context, before, mapped, { ...walked, left: walked.left });
}

/** Id of the status that is meant. */
function targetOf(
  { field, converter }: MappedField,
  write: AliasWrite<Value>,
): { id: string } | { refusal: WriteRefusal } {
  const writing = write.kind === 'value' ? converter.write(write.value) : undefined;
  if (writing && isRefused(writing)) return writing;
  const target = z.object({ id: z.string() }).safeParse(writing?.json).data;
  const reason = `The field ${field.name} takes one status.`;
  return target ?? { refusal: { code: 'type-clash', reason } };
}

interface Walked {
  /** Id of the status in which our last step has left the issue; `undefined`: no step was taken. */
  left: string | undefined;
  refusal?: WriteRefusal;
}

async function walk(
  context: JiraContext,
  issue: IssueAnswer,
  target: string,
  marker: () => unknown,
): Promise<Walked> {
  const type = choiceIdIn(issue, 'issuetype') ?? '';
  const statuses = context.contract.issueTypes.find(({ id }) => id === type)?.statuses ?? [];
  const seen = seenOf(context, type);
  const defaults = screenDefaultsOf(context.contract);
  let current = choiceIdIn(issue, 'status') ?? '';
  let path = startWalk(current, target);
  let left: string | undefined;
  let words = '';
  while (current !== target) {
    const offered = await transitionsOf(context, issue);
    const plan = nextStep(path, current, offered, { statuses, seen }, defaults);
    switch (plan.kind) {
      case 'arrived':
        return { left };
      case 'interrupted':
        throw new JiraError('unavailable', 'Somebody else has moved the issue meanwhile');
      case 'refused':
        return { left, refusal: { code: 'no-way', reason: `${plan.reason}${words}` } };
      case 'step': {
        seen.set(current, offered);
        const { transition, fields } = plan;
        const refusal = await take(context, issue.id, transition, { fields, marker: marker() });
        if (!refusal) {
          path = plan.walk;
          left = current = transition.to;
          break;
        }
        words = ` “${transition.name}”: ${refusal.reason}`;
        path = withoutStep(plan.walk, current, transition);
        // Whoever moved it meanwhile has made the transition impossible.
        current = await statusNow(context, issue.id);
      }
    }
  }
  return { left };
}

function seenOf({ seen }: JiraContext, type: string): Map<string, readonly Transition[]> {
  const known = seen.get(type) ?? new Map<string, readonly Transition[]>();
  seen.set(type, known);
  return known;
}

/** Of what a screen demands, what the issue has already stays as it is: nothing need be filled in. */
async function transitionsOf(
  { jira, as, time }: JiraContext,
  { id: issueIdOrKey, fields }: IssueAnswer,
): Promise<readonly Transition[]> {
  const offered = await callJira(jira, 'getTransitions', transitionsSchema, {
    as,
    path: { issueIdOrKey },
    query: { expand: 'transitions.fields' },
    time,
  });
  return (offered ?? []).map((transition) => ({
    ...transition,
    required: transition.required.filter(({ id }) => isEmpty(fields[id])),
  }));
}

const isEmpty = (json: unknown): boolean =>
  json === undefined || json === null || (Array.isArray(json) && json.length === 0);

async function take(
  { jira, as, time }: JiraContext,
  issueIdOrKey: string,
  { id }: Transition,
  { fields, marker }: { fields: Record<string, unknown>; marker: unknown },
): Promise<WriteRefusal | undefined> {
  const asked = await askJira(jira, 'doTransition', z.unknown(), {
    as,
    path: { issueIdOrKey },
    body: { transition: { id }, fields, properties: [marker] },
    time,
  });
  return 'refusal' in asked ? wholeRefusal(asked.refusal) : undefined;
}

async function statusNow(context: JiraContext, id: string): Promise<string> {
  const issue = await fetchIssue(context, id);
  return (issue && choiceIdIn(issue, 'status')) ?? '';
}

/** The marker of each step: all of them are found behind the same entry of the history. */
function stepMarker(
  context: JiraContext,
  before: IssueAnswer,
  target: string,
  markerOf: () => ReturnType<MarkerOf>,
): () => unknown {
  const { connection, contract } = context;
  return () => {
    const marker = markerOf();
    const anchor = { since: newestEntry(before), target };
    const anchors = { ...context.anchors.get(before.id), [marker.write]: anchor };
    context.anchors.set(before.id, anchors);
    return markerToStore(marker, anchors, { connection: connection.id, contract: contract.name });
  };
}

/** One more reading: what the walk has replaced, and which entries of the history are ours. */
async function afterWalk(
  context: JiraContext,
  before: IssueAnswer,
  mapped: MappedField,
  { left, refusal }: Walked & { left: string },
): Promise<WriteResult<Value>> {
  const after = (await fetchIssue(context, before.id)) ?? before;
  sawOurs(context, before, after);
  const since = newestEntry(before);
  const history = historyOf(after);
  const told = fieldSince(history, mapped.field.id, since, context.account, 'oldest');
  const isThere = choiceIdIn(after, mapped.field.id) === left;
  return resultOf(mapped.alias, {
    ...(refusal ? { refusal } : {}),
    // As the last step has left it, whatever somebody has made of it since.
    readBack: isThere
      ? observeField(context, after, mapped, {})
      : valueInHistory(mapped, { id: left, text: left }, 0),
    was: told?.unseen
      ? valueInHistory(mapped, told.unseen.value, told.unseen.at)
      : observeField(context, before, mapped, {}),
    changes: entriesOf(history, since, context.account),
  });
}

const resultOf = (
  alias: string,
  {
    readBack,
    was,
    refusal,
    changes = [],
  }: {
    readBack?: Observed | undefined;
    was?: Observed | undefined;
    refusal?: WriteRefusal;
    changes?: readonly string[];
  },
): WriteResult<Value> => ({
  readBack: readBack ? { [alias]: readBack } : {},
  was: was ? { [alias]: was } : {},
  refused: refusal ? { [alias]: refusal } : {},
  partly: {},
  changes,
});
