/** Decides, call by call and delivery by delivery, which fault rules fire; the same for the same seed. */
import type {
  CallEnd,
  CallRule,
  CallService,
  DeliveryKind,
  DeliveryRule,
  FaultRule,
} from './fault-rules';
import { seededRandom, type Random } from './random';

/** One call of a service, as rules look at it. */
export interface ServiceCall {
  service: CallService;
  method: string;
  /** Path and query; of egress the whole address. */
  path: string;
  body: string;
  /** Whether there is an invocation to kill: the app's page calls Jira without one. */
  isInvocation: boolean;
}

/** What is to go wrong with a call. */
export interface CallFaults {
  delayMs: number;
  end: CallEnd | undefined;
}

/** A fault that has happened. */
export interface InjectedFault {
  /** Milliseconds since the epoch, by the sandbox's clock. */
  at: number;
  /** The rule's name, or its place in the list as `rule 0`. */
  rule: string;
  service: FaultRule['service'];
  /** As `fail before`. */
  kind: string;
  /** The call, or the name of what was to be delivered. */
  what: string;
}

interface Armed {
  rule: FaultRule;
  name: string;
  random: Random;
  /** Calls or deliveries that it means, so far. */
  seen: number;
  fired: number;
}

export class FaultInjector {
  private armed: Armed[] = [];

  constructor(
    private readonly seed: number,
    private readonly now: () => number,
    private readonly record: (fault: InjectedFault) => void,
  ) {}

  /** Takes these rules instead of those before; all counting and drawing starts anew. */
  arm(rules: readonly FaultRule[]): void {
    this.armed = rules.map((rule, index) => ({
      rule,
      name: rule.name ?? `rule ${index}`,
      // A stream for each rule: what one draws does not depend on the others.
      random: seededRandom(this.seed ^ Math.imul(index + 1, 0x9e3779b1)),
      seen: 0,
      fired: 0,
    }));
  }

  /** Every rule counts the call; of those that fire all delay it, and the first other one decides. */
  faultsOf(call: ServiceCall): CallFaults {
    const faults: CallFaults = { delayMs: 0, end: undefined };
    for (const armed of this.armed) {
      const { rule } = armed;
      if (!isCallRule(rule) || !meansCall(rule, call) || !isDue(armed)) continue;
      const { fault } = rule;
      if (fault.kind === 'delay') faults.delayMs += fault.ms;
      else if (faults.end === undefined) faults.end = fault;
      else continue;
      this.fire(armed, `${call.method} ${call.path}`);
    }
    return faults;
  }

  /**
   * How one delivery is to be made: the extra delay in ms of each copy. `[0]` is as normal, `[]` lost,
   * `[0, 500]` twice.
   *
   * @param name of the queue, the event's type, the schedule's key
   */
  deliveries(kind: DeliveryKind, name: string): number[] {
    let copies = [0];
    for (const armed of this.armed) {
      const { rule } = armed;
      if (isCallRule(rule) || rule.service !== kind) continue;
      if (!finds(rule.match?.name, name) || !isDue(armed) || copies.length === 0) continue;
      copies = deliver(copies, rule.fault, armed.random);
      this.fire(armed, name);
    }
    return copies;
  }

  private fire(armed: Armed, what: string): void {
    const { rule, name } = armed;
    const { fault, service } = rule;
    armed.fired += 1;
    const kind = 'when' in fault ? `${fault.kind} ${fault.when}` : fault.kind;
    this.record({ at: this.now(), rule: name, service, kind, what });
  }
}

/** The conditions of every service in one: what a rule does not have holds. */
type CallMatch = Partial<Record<'operation' | 'method' | 'path' | 'body', string | undefined>>;

function isCallRule(rule: FaultRule): rule is CallRule {
  return (
    rule.service !== 'queue' && rule.service !== 'product-event' && rule.service !== 'schedule'
  );
}

function meansCall(rule: CallRule, call: ServiceCall): boolean {
  if (rule.service !== call.service) return false;
  if (rule.fault.kind === 'kill' && !call.isInvocation) return false;
  const match: CallMatch = { ...rule.match };
  return (
    (match.operation === undefined || call.path === `/api/v1/${match.operation}`) &&
    (match.method === undefined || call.method === match.method) &&
    finds(match.path, call.path) &&
    finds(match.body, call.body)
  );
}

function finds(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || new RegExp(pattern).test(text);
}

/** Counts one that the rule means, and draws for it, whatever the other rules do. */
function isDue(armed: Armed): boolean {
  const { after, times = Infinity, probability } = armed.rule;
  armed.seen += 1;
  if (armed.seen <= after) return false;
  const isDrawn = probability === 1 || armed.random() < probability;
  return isDrawn && armed.fired < times;
}

function deliver(copies: number[], fault: DeliveryRule['fault'], random: Random): number[] {
  switch (fault.kind) {
    case 'lose':
      return [];
    case 'delay':
      return copies.map((ms) => ms + fault.ms);
    case 'reorder':
      return copies.map((ms) => ms + Math.round(random() * fault.withinMs));
    case 'duplicate':
      return copies.flatMap((ms) => [ms, ms + fault.afterMs]);
  }
}
