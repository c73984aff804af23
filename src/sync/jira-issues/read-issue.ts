/** An issue as the engine sees it: one call of Jira, and one more for a contract with JQL. */
import type { AliasValue } from '../../contract/alias-value';
import { isRefused } from '../../contract/converters/converter';
import type { Aliases, Snapshot, Written } from '../ports';
import { snapshotComments } from './comment-snapshot';
import { fieldSince } from './history';
import { outsideOf } from './in-contract';
import {
  birthOf,
  choiceIdIn,
  historyOf,
  type HistoryValue,
  type IssueAnswer,
} from './issue-answer';
import { markerIn, originIn, type Origin, type StoredMarker } from './issue-properties';
import { fetchIssue, type JiraContext } from './jira-context';
import type { MappedField } from './mapped-fields';
import { sawAll } from './seen-until';
import { fieldsOf, observeIssue, type Observed } from './observe-issue';
import { jsonInHistory } from './value-in-history';

type Value = AliasValue | null;

/** @returns `undefined`: it is not there, or not for the Local User. @throws JiraError */
export async function readIssue(
  context: JiraContext,
  id: string,
  known: Aliases,
  seal?: string,
): Promise<Snapshot<Value> | undefined> {
  const issue = await fetchIssue(context, id);
  if (!issue) return undefined;
  sawAll(context, issue);
  const origin = originIn(issue.properties);
  const marker =
    seal === undefined ? undefined : markerIn(issue.properties, context.connection.id, seal);
  // The next marker repeats what this one tells.
  if (marker)
    context.anchors.set(issue.id, { ...marker.anchors, ...context.anchors.get(issue.id) });
  const [comments, isOutside] = await Promise.all([
    snapshotComments(context, issue),
    outsideOf(context, issue),
  ]);
  return {
    aliases: observeIssue(context, issue, known),
    comments,
    ...(isOutside ? { isOutside } : {}),
    ...(origin ? { passed: passedBy(context, issue, origin) } : {}),
    ...(marker ? { marker, written: writtenBy(context, issue, marker) } : {}),
  };
}

const passedBy = (
  { account }: JiraContext,
  issue: IssueAnswer,
  { origin, path, nonce }: Origin,
): NonNullable<Snapshot<Value>['passed']> => {
  const { creator } = birthOf(issue);
  return { origin, path, nonce, isByUs: account !== undefined && creator === account };
};

/** What has become of what a write has written, by the issue's history. */
const writtenBy = (
  context: JiraContext,
  issue: IssueAnswer,
  marker: StoredMarker,
): Record<string, Written<Value>> =>
  Object.fromEntries(
    fieldsOf(context, issue).flatMap((mapped) => {
      const written = Object.hasOwn(marker.aliases, mapped.alias)
        ? marker.aliases[mapped.alias]
        : undefined;
      const anchor = written && marker.anchors[written.write];
      if (!written || !anchor) return [];
      const history = historyOf(issue);
      const told = fieldSince(history, mapped.field.id, anchor.since, context.account, 'oldest');
      const { isOurs, unseen } = told ?? { isOurs: false };
      const was = unseen && valueInHistory(mapped, unseen.value, unseen.at);
      const { target } = anchor;
      const isUnfinished = target !== undefined && choiceIdIn(issue, mapped.field.id) !== target;
      return [
        [
          mapped.alias,
          {
            isOurs,
            ...(was ? { was } : {}),
            ...(unseen ? { isShared: true } : {}),
            ...(isUnfinished ? { isUnfinished } : {}),
          },
        ] as const,
      ];
    }),
  );

/** A value that the history tells of. */
export function valueInHistory(
  { field, converter }: MappedField,
  told: HistoryValue,
  at: number,
): Observed | undefined {
  const json = jsonInHistory(field.kind, told);
  if (json === undefined) return undefined;
  const reading = converter.read(json);
  if (isRefused(reading)) return undefined;
  return { kind: 'value', value: reading.value, hash: reading.mine, changedAt: at };
}
