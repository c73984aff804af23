/** An issue's fields as aliases. */
import { isElementConverter } from '../../contract/converters/convert';
import { isRefused } from '../../contract/converters/converter';
import type { AliasValue } from '../../contract/alias-value';
import { elementsOf } from '../merge-elements';
import type { ObservedAlias } from '../alias';
import type { Aliases } from '../ports';
import { newestChange } from './history';
import { birthOf, historyOf, type IssueAnswer } from './issue-answer';
import type { JiraContext } from './jira-context';
import { mappedFields, type MappedField } from './mapped-fields';
import { choiceIdIn } from './issue-answer';

export type Observed = ObservedAlias<AliasValue | null>;

/** The fields of an issue that the contract maps. */
export const fieldsOf = ({ contract }: JiraContext, issue: IssueAnswer): MappedField[] =>
  mappedFields(contract, choiceIdIn(issue, 'issuetype'));

/** Everything mapped. What cannot be read is left out: it is neither sent nor taken for empty. */
export const observeIssue = (
  context: JiraContext,
  issue: IssueAnswer,
  known: Aliases,
): Record<string, Observed> =>
  Object.fromEntries(
    fieldsOf(context, issue).flatMap((mapped) => {
      const observed = observeField(context, issue, mapped, known);
      return observed ? [[mapped.alias, observed] as const] : [];
    }),
  );

/** `undefined`: it cannot be read, or Jira did not tell it, which is not the same as empty. */
export function observeField(
  context: JiraContext,
  issue: IssueAnswer,
  { alias, field, converter }: MappedField,
  known: Aliases,
): Observed | undefined {
  if (!Object.hasOwn(issue.fields, field.id)) return undefined;
  const json = issue.fields[field.id];
  const { at, isAbsorbed } = lastChange(context, issue, field.id);
  const absorbed = isAbsorbed ? { isAbsorbed } : {};
  if (isElementConverter(converter)) {
    const before = known[alias];
    const elements = before?.kind === 'set' ? elementsOf(before) : [];
    const now = converter.elementsNow(elements, json);
    return isRefused(now) ? undefined : { kind: 'set', elements: now.elements, ...absorbed };
  }
  const reading = converter.read(json);
  if (isRefused(reading)) return undefined;
  const { value, mine } = reading;
  return { kind: 'value', value, hash: mine, changedAt: at, ...absorbed };
}

/**
 * When a field was changed last, and whether the dedicated Local User has done it: by hand, or the app as that
 * account, which the engine tells apart by what it has written. Of a change that is older than what Jira tells
 * of, only a bound is known.
 */
function lastChange(
  { connection: { localUser }, account }: JiraContext,
  issue: IssueAnswer,
  fieldId: string,
): { at: number; isAbsorbed: boolean } {
  const history = historyOf(issue);
  const { at, creator } = birthOf(issue);
  const isDedicated = (author: string | undefined): boolean =>
    localUser !== 'app' && author !== undefined && author === account;
  const entry = newestChange(history, fieldId);
  if (entry) return { at: entry.at, isAbsorbed: isDedicated(entry.author) };
  const oldest = history.entries.at(-1);
  return history.isComplete || !oldest
    ? { at, isAbsorbed: history.isComplete && isDedicated(creator) }
    : { at: oldest.at, isAbsorbed: false };
}
