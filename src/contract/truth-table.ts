/**
 * What happens to a change here and to a message that arrives, for each state of a pair of contracts.
 * docs/contract-truth-table.md is the same table for people; a test compares the two.
 */
import type { Direction } from './mapping';

export const SWITCHES = ['enabled', 'disabled'] as const;
export const MODES = ['running', 'paused'] as const;

type Switch = (typeof SWITCHES)[number];
type Mode = (typeof MODES)[number];

/** All that decides. `there`: as far as it is known; a side acts on what it knows, and is told otherwise. */
export interface PairState {
  here: Switch;
  there: Switch;
  /** Of the contract here, seen from here. */
  direction: Direction;
  /** The connection, here and there. */
  connectionHere: Mode;
  connectionThere: Mode;
}

/** What a contract can be told to synchronize; with `manual-only` a twin is made when a person asks for it. */
export const EVENT_KINDS = [
  'create',
  'update',
  'comment',
  'status',
  'delete',
  'manual-only',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/**
 * - `nothing`: this side sends nothing
 * - `sent`: at once, or when the active side asks for it
 * - `waits`: it stays in the outbox, and one message a while asks whether it can go
 */
export type Sending = 'nothing' | 'sent' | 'waits';

/**
 * - `results`: accepted; a result for each alias and comment
 * - `deferred`: not accepted, to be sent again later: nothing is lost
 * - `rejected`: not accepted for good, with the reason
 * - `paused`: the whole request is answered 503, with a time to come back; only `ping` is answered
 */
export type Answer = 'results' | 'deferred' | 'rejected' | 'paused';

/**
 * - `no`
 * - `outbox`: in the outbox, until the remote has it
 * - `link-ends`: the link becomes a tombstone, which forbids another twin; nothing is sent
 * - `link-ends-outbox`: both
 * - `when-asked`: in the outbox once a person asks for a twin; nothing before that
 */
export type Recorded = 'no' | 'outbox' | 'link-ends' | 'link-ends-outbox' | 'when-asked';

export interface Truth {
  recorded: Recorded;
  sent: Sending;
  accepted: boolean;
  answer: Answer;
}

type Key = `${Switch} ${Switch} ${Direction} ${Mode} ${Mode}`;

/** Here, there, direction, connection here, connection there → what is sent, what is answered. */
const STATES: Record<Key, readonly [Sending, Answer]> = {
  'enabled enabled both running running': ['sent', 'results'],
  'enabled enabled both running paused': ['waits', 'results'],
  'enabled enabled both paused running': ['waits', 'paused'],
  'enabled enabled both paused paused': ['waits', 'paused'],
  'enabled enabled send running running': ['sent', 'rejected'],
  'enabled enabled send running paused': ['waits', 'rejected'],
  'enabled enabled send paused running': ['waits', 'paused'],
  'enabled enabled send paused paused': ['waits', 'paused'],
  'enabled enabled receive running running': ['nothing', 'results'],
  'enabled enabled receive running paused': ['nothing', 'results'],
  'enabled enabled receive paused running': ['nothing', 'paused'],
  'enabled enabled receive paused paused': ['nothing', 'paused'],
  'enabled disabled both running running': ['waits', 'results'],
  'enabled disabled both running paused': ['waits', 'results'],
  'enabled disabled both paused running': ['waits', 'paused'],
  'enabled disabled both paused paused': ['waits', 'paused'],
  'enabled disabled send running running': ['waits', 'rejected'],
  'enabled disabled send running paused': ['waits', 'rejected'],
  'enabled disabled send paused running': ['waits', 'paused'],
  'enabled disabled send paused paused': ['waits', 'paused'],
  'enabled disabled receive running running': ['nothing', 'results'],
  'enabled disabled receive running paused': ['nothing', 'results'],
  'enabled disabled receive paused running': ['nothing', 'paused'],
  'enabled disabled receive paused paused': ['nothing', 'paused'],
  'disabled enabled both running running': ['nothing', 'deferred'],
  'disabled enabled both running paused': ['nothing', 'deferred'],
  'disabled enabled both paused running': ['nothing', 'paused'],
  'disabled enabled both paused paused': ['nothing', 'paused'],
  'disabled enabled send running running': ['nothing', 'rejected'],
  'disabled enabled send running paused': ['nothing', 'rejected'],
  'disabled enabled send paused running': ['nothing', 'paused'],
  'disabled enabled send paused paused': ['nothing', 'paused'],
  'disabled enabled receive running running': ['nothing', 'deferred'],
  'disabled enabled receive running paused': ['nothing', 'deferred'],
  'disabled enabled receive paused running': ['nothing', 'paused'],
  'disabled enabled receive paused paused': ['nothing', 'paused'],
  'disabled disabled both running running': ['nothing', 'deferred'],
  'disabled disabled both running paused': ['nothing', 'deferred'],
  'disabled disabled both paused running': ['nothing', 'paused'],
  'disabled disabled both paused paused': ['nothing', 'paused'],
  'disabled disabled send running running': ['nothing', 'rejected'],
  'disabled disabled send running paused': ['nothing', 'rejected'],
  'disabled disabled send paused running': ['nothing', 'paused'],
  'disabled disabled send paused paused': ['nothing', 'paused'],
  'disabled disabled receive running running': ['nothing', 'deferred'],
  'disabled disabled receive running paused': ['nothing', 'deferred'],
  'disabled disabled receive paused running': ['nothing', 'paused'],
  'disabled disabled receive paused paused': ['nothing', 'paused'],
};

/** Only whether anything is ever sent decides: what waits is recorded as what goes at once. */
const RECORDED: Record<EventKind, Record<Sending, Recorded>> = {
  create: { nothing: 'no', sent: 'outbox', waits: 'outbox' },
  update: { nothing: 'no', sent: 'outbox', waits: 'outbox' },
  comment: { nothing: 'no', sent: 'outbox', waits: 'outbox' },
  status: { nothing: 'no', sent: 'outbox', waits: 'outbox' },
  delete: { nothing: 'link-ends', sent: 'link-ends-outbox', waits: 'link-ends-outbox' },
  'manual-only': { nothing: 'no', sent: 'when-asked', waits: 'when-asked' },
};

/** What is recorded of an event that the contract does not list. */
const RECORDED_UNLISTED: Record<EventKind, Recorded> = {
  create: 'no',
  update: 'no',
  comment: 'no',
  status: 'no',
  delete: 'link-ends',
  // Not listed means: twins are made by themselves, which is `create`.
  'manual-only': 'no',
};

/** The row of the table for a state, without the event. */
export function pairTruth(state: PairState): { sent: Sending; answer: Answer; accepted: boolean } {
  const { here, there, direction, connectionHere, connectionThere } = state;
  const [sent, answer] =
    STATES[`${here} ${there} ${direction} ${connectionHere} ${connectionThere}`];
  return { sent, answer, accepted: answer === 'results' };
}

/**
 * What happens to an event here, and to a message of the same kind that arrives.
 *
 * @param isListed whether the contract here lists the kind of event. Which events are listed decides what this
 * side sends; what arrives was listed there.
 */
export function truthOf(state: PairState, event: EventKind, isListed: boolean): Truth {
  const { sent, answer, accepted } = pairTruth(state);
  const recorded = isListed ? RECORDED[event][sent] : RECORDED_UNLISTED[event];
  const isSent = recorded !== 'no' && recorded !== 'link-ends';
  return { recorded, sent: isSent ? sent : 'nothing', accepted, answer };
}
