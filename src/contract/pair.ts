/**
 * What two contracts agree on, found out from what each tells of itself: both sides come to the same, as neither adds
 * anything of its own. An alias that only one side has is none of the pair's, and what stands behind one (which
 * field, which converter) is each side's own business.
 */
import { foldedName } from '../display-name';
import { canonicalText, hashOf } from '../jira/canonical-json';
import type { FieldKind } from '../jira/field-kinds';
import { FORM_OF_KIND } from './alias-value';
import type { ContractDescription, FieldDescription } from './description';

export interface Pair {
  /** Equal on both sides while both know the same of each other. */
  hash: string;
  /** Aliases whose changes go both ways: where nothing is on its way, both sides have seen the same changes of them. */
  aliases: readonly string[];
}

/** A contract as its own side tells of it. */
export interface Told {
  /** Id of that side's site. */
  site: string;
  contract: ContractDescription;
}

/** Who wins, and what of each alias both sides have must be alike: how it is merged, and which way it goes. */
export function pairOf(here: Told, there: Told): Pair {
  const policies = [here, there].map(({ contract }) => contract.policy).sort();
  const aliases = here.contract.fields.flatMap((ours) => {
    const theirs = there.contract.fields.find(({ alias }) => alias === ours.alias);
    if (theirs === undefined || mergedAs(ours) === undefined) return [];
    if (mergedAs(ours) !== mergedAs(theirs)) return [];
    const from = [
      ...(flows(here.contract, ours, there.contract, theirs) ? [here.site] : []),
      ...(flows(there.contract, theirs, here.contract, ours) ? [there.site] : []),
    ].sort();
    return [{ alias: ours.alias, as: mergedAs(ours), from }];
  });
  aliases.sort((one, other) => (one.alias < other.alias ? -1 : 1));
  return {
    hash: hashOf({ policies, aliases }),
    aliases: aliases.filter(({ from }) => from.length === 2).map(({ alias }) => alias),
  };
}

/** By element, or as a whole. `undefined`: this version does not know the kind. */
export const mergedAs = ({ kind }: Pick<FieldDescription, 'kind'>): 'set' | 'value' | undefined =>
  kind === 'unsupported' ? undefined : formOf(kind) === 'names' ? 'set' : 'value';

const formOf = (kind: FieldKind) => FORM_OF_KIND[kind];

function flows(
  from: ContractDescription,
  sent: FieldDescription,
  to: ContractDescription,
  taken: FieldDescription,
): boolean {
  const event = sent.kind === 'status' ? 'status' : 'update';
  return (
    [from.direction, sent.direction].every((direction) => direction !== 'receive') &&
    [to.direction, taken.direction].every((direction) => direction !== 'send') &&
    from.events.includes(event)
  );
}

/** Names as two contracts find each other by them. */
export const isSameName = (one: string, other: string): boolean =>
  foldedName(canonicalText(one)) === foldedName(canonicalText(other));

interface Own {
  id: string;
  name: string;
  remote?: string;
}

/**
 * Which contract of the other side belongs to one of ours: by id once they are bound, as long as that one is there;
 * otherwise by name, unless it belongs to another one.
 *
 * @param all contracts of this side
 */
export function counterpartOf<O extends Own, T extends Own>(
  own: O,
  all: readonly O[],
  theirs: readonly T[],
): T | undefined {
  const bound = theirs.find(({ id }) => id === own.remote);
  if (bound) return bound;
  return theirs.find(
    ({ id, name, remote }) =>
      isSameName(name, own.name) &&
      !all.some((one) => one.remote === id) &&
      // What it was bound to may have been removed here.
      (remote === own.id || !all.some((one) => one.id === remote)),
  );
}
