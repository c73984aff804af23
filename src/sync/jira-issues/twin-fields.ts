/** The fields of a contract that show where the twin stands. */
import { MAX_NAME, type AliasValue } from '../../contract/alias-value';
import { converterFor } from '../../contract/converters/convert';
import { isRefused } from '../../contract/converters/converter';
import type { Contract, TwinField } from '../../contract/records';
import { fieldsIn } from '../../contract/twin-fields';
import type { Standing } from '../messages';
import type { AliasWrites } from '../ports';
import { choiceNameIn, updatedIn } from './issue-answer';
import type { JiraContext } from './jira-context';
import { NOBODY, type MappedField } from './mapped-fields';

/** What they are called where they are written. Mapped aliases are ids of fields, or begin with `custom:`. */
const ALIASES = { 'twin:status': 'status', 'twin:key': 'key' } as const;
type TwinAlias = keyof typeof ALIASES;

const isTwinAlias = (alias: string): alias is TwinAlias => Object.hasOwn(ALIASES, alias);

export const twinFieldIds = ({ twinFields = {} }: Contract): string[] =>
  fieldsIn(twinFields).map(({ id }) => id);

/** The field of such an alias. `undefined`: it is none. */
export function twinField({ twinFields = {} }: Contract, alias: string): MappedField | undefined {
  const chosen = isTwinAlias(alias) ? twinFields[ALIASES[alias]] : undefined;
  if (!chosen) return undefined;
  const field = asField(chosen);
  const result = converterFor(field, { converter: 'same' }, NOBODY);
  return isRefused(result)
    ? undefined
    : { alias, field, converter: result.converter, isTwins: true };
}

const asField = ({ id, name }: TwinField) => ({
  ...{ id, name, kind: 'text' as const },
  ...{ required: false, hasDefault: false, readOnly: false, custom: true },
});

export function standingOf({ read }: JiraContext, id: string): Standing | undefined {
  const issue = read.get(id);
  const at = issue && updatedIn(issue);
  if (!issue || at === undefined) return undefined;
  const status = choiceNameIn(issue, 'status');
  // Longer ones no remote would take.
  const told = status?.slice(0, MAX_NAME).replace(/[\ud800-\udbff]$/, '');
  return { key: issue.key, ...(told === undefined ? {} : { status: told }), at };
}

/** What is not told stays as it is. */
export function showing(
  { contract: { twinFields = {} } }: JiraContext,
  standing: Standing,
): AliasWrites<AliasValue | null> {
  return Object.fromEntries(
    Object.entries(ALIASES).flatMap(([alias, part]) => {
      const text = standing[part];
      if (!twinFields[part] || text === undefined) return [];
      return [[alias, { kind: 'value', value: { form: 'text', text } }] as const];
    }),
  );
}
