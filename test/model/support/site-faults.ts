/** The faults of the sandbox that a seed can choose, each as rules of `sandbox/fault-rules.ts`. */
import type { FaultChanges } from '../../../sandbox/faults';

type Rules = NonNullable<FaultChanges['rules']>;

/** How often a call meets a fault: several kinds together still let most functions come through. */
const SELDOM = 0.02;

const CALLS = ['kvs', 'jira', 'egress'] as const;

const onCalls = (fault: 'lost-answer' | 'hang'): Rules =>
  CALLS.map((service) => ({ service, probability: SELDOM, fault: { kind: fault } }));

const RULES = {
  'a call is slow': CALLS.map((service) => ({
    service,
    probability: 0.15,
    fault: { kind: 'delay', ms: 1_500 },
  })),
  'a call fails before its effect': CALLS.map((service) => ({
    service,
    probability: SELDOM,
    fault: { kind: 'fail', when: 'before', status: 503 },
  })),
  'a call fails after its effect': CALLS.map((service) => ({
    service,
    probability: SELDOM,
    fault: { kind: 'fail', when: 'after', status: 500 },
  })),
  'an answer is lost': onCalls('lost-answer'),
  'a call never answers': onCalls('hang'),
  'a function is killed before a call': CALLS.map((service) => ({
    service,
    probability: SELDOM,
    fault: { kind: 'kill', when: 'before' },
  })),
  'a function is killed after a call': CALLS.map((service) => ({
    service,
    probability: SELDOM,
    fault: { kind: 'kill', when: 'after' },
  })),
  'the store answers 429': [{ service: 'kvs', probability: SELDOM, fault: { kind: 'rate-limit' } }],
  'a transaction meets another': [
    {
      service: 'kvs',
      probability: 0.1,
      match: { operation: 'transaction' },
      fault: { kind: 'conflict' },
    },
  ],
  'Jira answers 429': [
    {
      service: 'jira',
      probability: 0.04,
      fault: { kind: 'rate-limit', reason: 'jira-per-issue-on-write', retryAfterS: 20 },
    },
  ],
  'the remote answers 429': [
    { service: 'egress', probability: 0.05, fault: { kind: 'rate-limit', retryAfterS: 30 } },
  ],
  'a push to the queue fails': [
    { service: 'stargate', probability: 0.1, match: { path: 'queue' }, fault: { kind: 'fail' } },
  ],
  'a queue event is lost': [{ service: 'queue', probability: 0.1, fault: { kind: 'lose' } }],
  'a queue event comes twice': [
    { service: 'queue', probability: 0.15, fault: { kind: 'duplicate', afterMs: 700 } },
  ],
  'queue events overtake': [
    { service: 'queue', probability: 0.3, fault: { kind: 'reorder', withinMs: 6_000 } },
  ],
  // That of a deletion is told by no search: docs/sync-spec.md, "Not built yet".
  'an event of Jira is lost': [
    {
      service: 'product-event',
      probability: 0.1,
      match: { name: '^(?!avi:jira:deleted:issue)' },
      fault: { kind: 'lose' },
    },
  ],
  'an event of Jira comes twice': [
    { service: 'product-event', probability: 0.15, fault: { kind: 'duplicate', afterMs: 900 } },
  ],
  'events of Jira overtake': [
    { service: 'product-event', probability: 0.4, fault: { kind: 'reorder', withinMs: 15_000 } },
  ],
  'a tick is lost': [{ service: 'schedule', probability: 0.3, fault: { kind: 'lose' } }],
  'a tick comes twice': [
    { service: 'schedule', probability: 0.3, fault: { kind: 'duplicate', afterMs: 2_000 } },
  ],
} satisfies Record<string, Rules>;

export type FaultKind = keyof typeof RULES;
export const FAULT_KINDS = Object.keys(RULES) as FaultKind[];

/** A trigger that throws is called again: an event that is lost for good is none of these. */
const ALWAYS: FaultChanges = { retryThrown: true };

/** The kinds that are chosen, with what is bad on such a site besides: cold starts, queries that lag. */
export function faultsOf(kinds: readonly FaultKind[], skewMs: number): FaultChanges {
  const rules = kinds.flatMap((kind) => RULES[kind].map((rule) => ({ ...rule, name: kind })));
  const isBad = kinds.length > 0;
  return {
    ...ALWAYS,
    skewMs,
    rules,
    ...(isBad ? { lagMs: 3_000, searchLagMs: 20_000, coldStartMs: 5_000, eventLagMs: 5_000 } : {}),
  };
}

/** What ends when the faults do; a clock that is wrong stays wrong. */
export const NO_MORE: FaultChanges = {
  kill: undefined,
  rules: [],
  lagMs: 0,
  searchLagMs: 0,
  coldStartMs: 0,
  eventLagMs: 0,
};
