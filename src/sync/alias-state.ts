/** What a link keeps of an alias that has one value, and how that changes. Pure: hashes in, hashes out. */
import { mergeValue, type ConflictPolicy, type Decision, type Provenance } from './merge-value';
import { hasSeen, nextChange } from './version';

export interface AliasState extends Provenance {
  /** Hash of the value as our Jira said it when it was last read back. Compared with nothing of the remote's. */
  mine: string;
  /** The remote may lack this value: it is to be sent until a result says that it was seen. */
  dirty: boolean;
}

/** What was read of our Jira. */
export interface Observed {
  /** Hash of the value in canonical form. */
  hash: string;
  /** From the changelog entry of the last change, in ms since the epoch. */
  changedAt: number;
  /** The dedicated Local User made that change by hand: it is absorbed, never sent. */
  isAbsorbed?: boolean;
}

/** The state after a look at our Jira: what differs from `mine` is a change of this site. */
export function observe(state: AliasState, observed: Observed, site: string): AliasState {
  if (observed.hash === state.mine) return state;
  if (observed.isAbsorbed) return { ...state, mine: observed.hash };
  const { version, dot } = nextChange(state.version, site);
  return {
    version,
    dot,
    stamp: Math.max(observed.changedAt, state.stamp + 1),
    mine: observed.hash,
    dirty: true,
  };
}

export interface Received extends Omit<Decision, 'provenance'> {
  /** With `take`: as it will be once the value is written, `mine` excepted: see `written`. */
  state: AliasState;
}

/** Decides about a value that has come. The state must be up to date with our Jira: `observe` first. */
export function receive(state: AliasState, theirs: Provenance, policy: ConflictPolicy): Received {
  const { kind, lost, provenance } = mergeValue(state, theirs, policy);
  const stands: AliasState = { ...state, ...provenance };
  switch (kind) {
    case 'take':
      return { kind, lost, state: { ...stands, dirty: false } };
    case 'keep':
      return { kind, lost, state: { ...stands, dirty: true } };
    case 'unchanged':
      // What has come may be the very value that we were about to send.
      return { kind, lost, state: acknowledge(stands, theirs) };
  }
}

/** The state after the value that was taken is in our Jira, which may have normalized it. */
export const written = (state: AliasState, readBackHash: string): AliasState => ({
  ...state,
  mine: readBackHash,
});

/** The state after the remote's result: clean once the remote has seen the change that made our value. */
export function acknowledge(state: AliasState, theirs: Pick<Provenance, 'version'>): AliasState {
  return hasSeen(theirs.version, state.dot) ? { ...state, dirty: false } : state;
}
