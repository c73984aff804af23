/** Names of choices on two sites, and the choice that a name means here. */
import type { Choice } from '../../jira/field-metadata';
import { canonicalName, caselessName } from '../alias-value';

/** What a name of one site is on the other; `undefined`: nothing, by the admin's wish. */
export interface NameTranslation {
  readonly lossy: boolean;
  toHere(there: string): string | undefined;
  toThere(here: string): string | undefined;
}

/** Equal names mean the same. */
export const SAME_NAMES: NameTranslation = {
  lossy: false,
  toHere: (there) => there,
  toThere: (here) => here,
};

/** Of choices whose names differ by case alone, the one that is written alike. */
export function choiceCalled<C extends Pick<Choice, 'name'>>(
  choices: readonly C[],
  name: string,
): C | undefined {
  const exact = canonicalName(name);
  const caseless = caselessName(name);
  return (
    choices.find((choice) => canonicalName(choice.name) === exact) ??
    choices.find((choice) => caselessName(choice.name) === caseless)
  );
}
