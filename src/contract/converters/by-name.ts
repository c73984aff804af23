/** One of a list: an option, a priority, a resolution, an issue type, a status. It travels by its name. */
import { z } from 'zod';
import type { FieldKind } from '../../jira/field-kinds';
import { refusal } from '../refusal';
import { isRefused, type Converter, type FieldHere } from './converter';
import { choiceCalled, type NameTranslation } from './names';
import { clash, KIND_NAMES, parseField, readingOf, writeEmpty } from './reading';

export type ChoiceKind = Extract<
  FieldKind,
  'option' | 'priority' | 'resolution' | 'issue-type' | 'status'
>;

/** Jira calls the name of an option its value. */
export const choiceSchema = z
  .object({ id: z.string(), name: z.string().optional(), value: z.string().optional() })
  .transform(({ id, name, value }) => ({ id, name: name ?? value ?? id }));

/**
 * What is written is `{ id }`. Of a status it names the target only: a status is reached by transitions
 * (`src/jira/transition-path.ts`).
 */
export const choiceConverter = (
  field: FieldHere & { kind: ChoiceKind },
  names: NameTranslation,
): Converter => ({
  lossy: names.lossy,
  read: (json) => {
    const result = parseField(field, choiceSchema.nullable(), json ?? null);
    if (isRefused(result)) return result;
    if (result.parsed === null) return readingOf(field, null);
    const { id, name } = result.parsed;
    const there = names.toThere(name);
    if (there === undefined) {
      return refusal(
        'no-such-choice',
        `Nothing is said of the ${KIND_NAMES[field.kind]} ${name}: map it in the contract.`,
      );
    }
    return readingOf(field, { form: 'name', name: there }, { id });
  },
  write: (value) => {
    if (value === null) return writeEmpty(field);
    if (value.form !== 'name') return clash(field, value.form);
    const here = names.toHere(value.name);
    const choice = here === undefined ? undefined : choiceCalled(field.choices ?? [], here);
    return choice === undefined
      ? noSuchChoice(field, here ?? value.name)
      : { json: { id: choice.id } };
  },
});

/** The field here has no choice of that name. */
export const noSuchChoice = (field: FieldHere, name: string) =>
  refusal(
    'no-such-choice',
    `There is no ${KIND_NAMES[field.kind]} ${name} here: add it in Jira and save the contract again, or map it there.`,
  );
