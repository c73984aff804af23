/** Faults that do not happen: a sandbox in which all goes well is kinder than any platform. */
import type { Sabotage } from './sabotage';

const FAULTS = 'conformance/faults.test.ts';
const RESOLVER = 'conformance/resolver.test.ts';

const APART = 'cases that rest on [2nd] or UNVERIFIED notes';
const DELIVERIES = 'deliveries (Sandbox: rules)';

export const sabotagesOfFaults: Sabotage[] = [
  {
    name: 'faults that do nothing',
    file: 'fault-injector.ts',
    replace: 'return isDrawn && armed.fired < times;',
    by: 'return false;',
    test: FAULTS,
    title: `${APART} a call of kvs fails before its effect`,
  },
  {
    name: 'answers that are lost only where nothing was done',
    file: 'forge/call-faults.ts',
    replace: "    case 'lost-answer':\n      return true;",
    by: "    case 'lost-answer':\n      return false;",
    test: FAULTS,
    title: `${APART} a call of kvs has its effect, and the answer is lost`,
  },
  {
    name: 'late calls of an invocation that has ended',
    file: 'forge/call-faults.ts',
    replace: 'if (delayMs > 0 && caller?.signal.aborted) return never();',
    by: '',
    test: FAULTS,
    title: 'a call that is still delayed has no effect after its invocation (Sandbox: rules)',
  },
  {
    name: 'deliveries exactly once',
    file: 'fault-injector.ts',
    replace: 'return copies.flatMap((ms) => [ms, ms + fault.afterMs]);',
    by: 'return copies;',
    test: 'conformance/fault-rules.test.ts',
    title: `${DELIVERIES} are lost, late, doubled`,
  },
  {
    name: 'deliveries in order',
    file: 'fault-injector.ts',
    replace: 'Math.round(random() * fault.withinMs)',
    by: '0',
    test: 'conformance/fault-rules.test.ts',
    title: `${DELIVERIES} are late by chance, so that one overtakes another`,
  },
  {
    name: 'product events without lag',
    file: 'local-site.ts',
    replace: 'Math.round(this.random() * eventLagMs)',
    by: '0',
    test: 'conformance/product-events.test.ts',
    title: 'Forge: Events, delivery up to eventLagMs late, as the seed draws it',
  },
  {
    name: 'kills that leave the invocation alive',
    file: 'forge/invocation.ts',
    replace: "    if (kill === 'before') this.kill('killed', 'Function was killed.');",
    by: '',
    test: RESOLVER,
    title:
      'a kill before the call leaves no effect, one after it does; it happens once (Sandbox: faults)',
  },
  {
    name: 'calls without latency',
    file: 'forge/invocation.ts',
    replace: '    await this.site.clock.sleep(this.site.faults.latencyMs);',
    by: '',
    test: RESOLVER,
    title: 'latency is added to each platform call (Sandbox: faults)',
  },
];
