/** What does not fit between a contract and its counterpart, in words for an admin of the side that compares. */
import { caselessName } from './alias-value';
import { KIND_NAMES } from './converters/reading';
import type { ContractDescription, FieldDescription } from './description';
import { verdictOf } from './kind-table';
import { counterpartOf, isSameName, mergedAs } from './pair';

/** More names than these are only counted. */
const NAMES_SHOWN = 5;

/**
 * @param own one of this side's, as it is told
 * @param all of this side's
 * @param theirs of the other side
 */
export function compareContract(
  own: ContractDescription,
  all: readonly ContractDescription[],
  theirs: readonly ContractDescription[],
  site: string,
): { counterpart?: ContractDescription; problems: string[] } {
  const counterpart = counterpartOf(own, all, theirs);
  if (counterpart === undefined) return { problems: [whyAlone(own, all, theirs)] };
  return {
    counterpart,
    problems: [
      ...policyProblems(own, counterpart, site),
      ...directionProblems(own, counterpart),
      ...typeProblems(own, counterpart),
      ...fieldProblems(own, counterpart),
    ],
  };
}

function whyAlone(
  { name }: ContractDescription,
  all: readonly ContractDescription[],
  theirs: readonly ContractDescription[],
): string {
  const namesake = theirs.find((one) => isSameName(one.name, name));
  if (namesake === undefined) {
    const others = theirs.map((one) => `“${one.name}”`);
    const there =
      others.length === 0
        ? 'It has no contract on this connection yet.'
        : `It has ${listed(others)}.`;
    return `The other site has no contract named “${name}”. ${there} Add one there, or give both the same name.`;
  }
  const owner = all.find(({ remote, id }) => remote === namesake.id || namesake.remote === id);
  return `The contract of this name on the other site belongs to “${owner?.name ?? 'another contract'}” of this site. Choose another name on both sites.`;
}

function policyProblems(
  own: ContractDescription,
  { policy }: ContractDescription,
  site: string,
): string[] {
  if (own.policy === policy) return [];
  const winner = (one: string) =>
    one === 'newest' ? 'the newest change' : one === site ? 'this site' : 'the other site';
  return [
    `Conflicts: this contract says that ${winner(own.policy)} wins, the other one that ${winner(policy)} does. Nothing moves until both say the same.`,
  ];
}

function directionProblems(own: ContractDescription, other: ContractDescription): string[] {
  if (own.direction !== other.direction || own.direction === 'both') return [];
  return own.direction === 'send'
    ? ['Both contracts only send, so that neither takes anything. Let one of them receive.']
    : ['Both contracts only receive, so that neither sends anything. Let one of them send.'];
}

function typeProblems(own: ContractDescription, other: ContractDescription): string[] {
  const ours = own.issueTypes.map(({ name }) => name);
  const theirs = other.issueTypes.map(({ name }) => name);
  const here = without(ours, theirs);
  const there = without(theirs, ours);
  return [
    ...(here.length > 0
      ? [`Issue types that only this contract has: ${listed(here)}. Their issues get no twin.`]
      : []),
    ...(there.length > 0
      ? [
          `Issue types that only the contract of the other site has: ${listed(there)}. Their issues get no twin here.`,
        ]
      : []),
  ];
}

function fieldProblems(own: ContractDescription, other: ContractDescription): string[] {
  const find = (fields: readonly FieldDescription[], alias: string) =>
    fields.find((one) => one.alias === alias);
  const here = own.fields.filter(({ alias }) => !find(other.fields, alias));
  const there = other.fields.filter(({ alias }) => !find(own.fields, alias));
  const named = (fields: readonly FieldDescription[]) => listed(fields.map(({ name }) => name));
  return [
    ...(here.length > 0
      ? [`Fields that only this site has: ${named(here)}. They are not synchronized.`]
      : []),
    ...(there.length > 0
      ? [`Fields that only the other site has: ${named(there)}. They are not synchronized.`]
      : []),
    ...own.fields.flatMap((ours) => {
      const theirs = find(other.fields, ours.alias);
      return theirs ? [...kindProblems(ours, theirs), ...choiceProblems(ours, theirs)] : [];
    }),
  ];
}

/** What one side merges by element and the other as a whole, or what can never become the other, is refused. */
function kindProblems(ours: FieldDescription, theirs: FieldDescription): string[] {
  const { name, kind } = ours;
  if (theirs.kind === 'unsupported' || kind === 'unsupported') {
    return [`${name}: this version of the app does not know what it holds on the other site.`];
  }
  const clash = (here: string, there: string) => [
    `${name} holds ${here} here and ${there} on the other site: it is not synchronized. Use fields of the same type.`,
  ];
  const isSet = mergedAs(ours) === 'set';
  if (isSet !== (mergedAs(theirs) === 'set')) {
    const words = (isOne: boolean, what: string) =>
      isOne ? `one value (${what})` : `several (${what})`;
    return clash(words(!isSet, KIND_NAMES[kind]), words(isSet, KIND_NAMES[theirs.kind]));
  }
  const isRefused = [verdictOf(kind, theirs.kind), verdictOf(theirs.kind, kind)].includes(
    'refused',
  );
  return isRefused ? clash(KIND_NAMES[kind], KIND_NAMES[theirs.kind]) : [];
}

/** Issue types have their own words. */
function choiceProblems(ours: FieldDescription, theirs: FieldDescription): string[] {
  if (ours.kind === 'issue-type' || !ours.choices || !theirs.choices) return [];
  const here = without(ours.choices, theirs.choices);
  const there = without(theirs.choices, ours.choices);
  if (here.length + there.length === 0) return [];
  const only = [
    ...(here.length > 0 ? [`only this site has ${listed(here)}`] : []),
    ...(there.length > 0 ? [`only the other site has ${listed(there)}`] : []),
  ];
  return [`${ours.name}: ${only.join(', ')}. What the other site lacks is refused there.`];
}

/** Those that have no namesake, whatever the case. */
function without(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map(caselessName));
  return names.filter((name) => !known.has(caselessName(name)));
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMES_SHOWN;
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
