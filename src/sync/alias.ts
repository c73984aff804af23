/** An alias of a link, with one value or a set of elements: what is kept of it, and how that changes. */
import {
  acknowledge,
  observe,
  receive,
  written,
  type AliasState,
  type Observed,
} from './alias-state';
import { changeElements, mergeElements, NO_ELEMENTS, type ElementSet } from './merge-elements';
import type { ConflictPolicy, Provenance } from './merge-value';
import { covers } from './version';

export interface ValueAlias extends AliasState {
  kind: 'value';
}

/** A set needs no `mine`: its elements are what our Jira said when it was last read back. */
export interface SetAlias extends ElementSet {
  kind: 'set';
  dirty: boolean;
}

export type Alias = ValueAlias | SetAlias;

/** An alias as our Jira has it now. */
export type ObservedAlias<Value> =
  | ({ kind: 'value'; value: Value } & Observed)
  | { kind: 'set'; elements: readonly string[]; isAbsorbed?: boolean };

/**
 * A set that others have changed as well since it was read: the Local User was the last, but what they have added
 * or removed is theirs, and must not be absorbed with it.
 */
export const notAbsorbed = <Value>(observed: ObservedAlias<Value>): ObservedAlias<Value> => {
  if (observed.kind === 'value') return observed;
  const { isAbsorbed: _, ...rest } = observed;
  return rest;
};

/** An alias as it travels. */
export type SentAlias<Value> =
  ({ kind: 'value'; value: Value } & Provenance) | ({ kind: 'set' } & ElementSet);

/** What is to be done to our Jira. */
export type AliasWrite<Value> =
  | { kind: 'value'; value: Value }
  | { kind: 'set'; add: readonly string[]; remove: readonly string[] };

/** The alias after a look at our Jira. @throws Error where a value has become a set, or the other way round */
export function observeAlias<Value>(
  alias: Alias,
  observed: ObservedAlias<Value>,
  site: string,
): Alias {
  if (alias.kind === 'value' && observed.kind === 'value') {
    return { kind: 'value', ...observe(alias, observed, site) };
  }
  if (alias.kind === 'set' && observed.kind === 'set') {
    // What the dedicated Local User removes or adds by hand is no change of a set: it stays as it was known.
    if (observed.isAbsorbed) return alias;
    const changed = changeElements(alias, site, observed.elements);
    return changed === alias ? alias : { kind: 'set', ...changed, dirty: true };
  }
  throw kindsDiffer();
}

/** An alias that is looked at for the first time: its value is the first change of its site. */
export function firstSight<Value>(observed: ObservedAlias<Value>, site: string): Alias {
  if (observed.kind === 'set') {
    const set = changeElements(NO_ELEMENTS, site, observed.elements);
    return { kind: 'set', ...set, dirty: true };
  }
  const dot = { site, n: 1 };
  const { hash, changedAt } = observed;
  return {
    kind: 'value',
    version: { [site]: 1 },
    dot,
    stamp: changedAt,
    mine: hash,
    dirty: true,
  };
}

/**
 * An alias of a twin that the app has created, as Jira has filled it in by itself: nobody's change, and older
 * than any.
 */
export function untouched<Value>(observed: ObservedAlias<Value>, site: string): Alias {
  const dot = { site, n: 0 };
  if (observed.kind === 'set') {
    const elements = observed.elements.map((element) => [element, [dot]] as const);
    return { kind: 'set', version: {}, elements: Object.fromEntries(elements), dirty: false };
  }
  return { kind: 'value', version: {}, dot, stamp: 0, mine: observed.hash, dirty: false };
}

/** The change that made it what it is: the same text as long as it is the same. */
export function changeOf(alias: Alias | SentAlias<unknown>): string {
  if (alias.kind === 'value') return `${alias.dot.site}:${alias.dot.n}`;
  return JSON.stringify(
    Object.entries(alias.version).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** What travels of an alias. */
export function sent<Value>(alias: Alias, observed: ObservedAlias<Value>): SentAlias<Value> {
  if (alias.kind === 'set') {
    return { kind: 'set', version: alias.version, elements: alias.elements };
  }
  if (observed.kind === 'set') throw kindsDiffer();
  const { version, dot, stamp } = alias;
  return { kind: 'value', value: observed.value, version, dot, stamp };
}

export interface ReceivedAlias<Value> {
  /** As it is once the write is done; `mine` of a value: see `writtenAlias`. */
  alias: Alias;
  write?: AliasWrite<Value>;
  /** A value lost: `ours` was replaced unseen, or `theirs` was not taken. Sets lose nothing. */
  lost?: 'ours' | 'theirs';
  outcome: 'applied' | 'unchanged' | 'kept-ours';
}

/** Decides about an alias that has come. Ours must be up to date: `observeAlias` first. */
export function receiveAlias<Value>(
  ours: Alias,
  theirs: SentAlias<Value>,
  policy: ConflictPolicy,
): ReceivedAlias<Value> {
  if (ours.kind === 'value' && theirs.kind === 'value') {
    const { kind, lost, state } = receive(ours, theirs, policy);
    const alias: Alias = { kind: 'value', ...state };
    switch (kind) {
      case 'take':
        return {
          alias,
          write: { kind: 'value', value: theirs.value },
          ...(lost ? { lost: 'ours' } : {}),
          outcome: 'applied',
        };
      case 'keep':
        return { alias, ...(lost ? { lost: 'theirs' } : {}), outcome: 'kept-ours' };
      case 'unchanged':
        return { alias, outcome: 'unchanged' };
    }
  }
  if (ours.kind === 'set' && theirs.kind === 'set') {
    const { merged, add, remove, remoteDiffers } = mergeElements(ours, theirs);
    const changes = add.length + remove.length > 0;
    const dirty = remoteDiffers || (ours.dirty && !covers(theirs.version, ours.version));
    return {
      alias: { kind: 'set', ...merged, dirty },
      ...(changes ? { write: { kind: 'set', add, remove } } : {}),
      outcome: changes ? 'applied' : remoteDiffers ? 'kept-ours' : 'unchanged',
    };
  }
  throw kindsDiffer();
}

/** The alias after its write is in our Jira, which may have normalized it: `readBack` is what it says then. */
export function writtenAlias<Value>(alias: Alias, readBack: ObservedAlias<Value>): Alias {
  return alias.kind === 'value' && readBack.kind === 'value'
    ? { kind: 'value', ...written(alias, readBack.hash) }
    : alias;
}

/** The alias after the remote's result: `version` is what it has seen. */
export function acknowledgeAlias(alias: Alias, version: Provenance['version']): Alias {
  if (alias.kind === 'value') return { kind: 'value', ...acknowledge(alias, { version }) };
  return covers(version, alias.version) ? { ...alias, dirty: false } : alias;
}

/** A contract's mapping says for good which aliases are sets: another kind is another alias. */
const kindsDiffer = (): Error =>
  new Error('An alias is a value on one side and a set on the other');
