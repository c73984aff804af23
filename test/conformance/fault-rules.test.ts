/** Fault rules: which calls and deliveries they mean, when they fire, what is logged, what is refused. */
import type { Sandbox, Site } from '../../sandbox';
import type { FaultChanges } from '../../sandbox/faults';
import { startFixture } from '../support/fixture-sandbox';

type Rule = NonNullable<FaultChanges['rules']>[number];

let sandbox: Sandbox;
let north: Site;

beforeEach(async () => {
  sandbox = await startFixture({ schedules: true });
  north = sandbox.site('north');
});

afterEach(() => sandbox.dispose());

const set = (key = 'key'): Promise<unknown> => north.invoke('store', { call: 'set', key });

/** Whether a call of the store passed. */
const passes = async (key?: string): Promise<boolean> =>
  !('error' in ((await set(key)) as { error?: unknown }));

describe('which calls a rule means (Sandbox: rules)', () => {
  test('an operation of the store, and a pattern in its body', async () => {
    north.setFaults({
      rules: [
        {
          service: 'kvs',
          match: { operation: 'set', body: '"key":"outbox' },
          fault: { kind: 'fail' },
        },
      ],
    });
    expect(await passes('link:1')).toBe(true);
    expect(await passes('outbox:1')).toBe(false);
    expect(await north.invoke('store', { call: 'get', key: 'outbox:1' })).toEqual({});
  });

  test('a method and a path', async () => {
    north.setFaults({
      rules: [
        { service: 'jira', match: { method: 'GET', path: '/myself$' }, fault: { kind: 'fail' } },
        { service: 'jira', match: { method: 'POST', path: '/project/' }, fault: { kind: 'fail' } },
      ],
    });
    const status = async (path: string) =>
      ((await north.invoke('jira', { as: 'app', path })) as { status: number }).status;
    expect(await status('/rest/api/3/myself')).toBe(500);
    expect(await status('/rest/api/3/project/search')).toBe(200);
  });

  test('those after the first ones, and only so many', async () => {
    north.setFaults({ rules: [{ service: 'kvs', after: 2, times: 2, fault: { kind: 'fail' } }] });
    const passed = [];
    for (let count = 0; count < 6; count += 1) passed.push(await passes(`key${count}`));
    expect(passed).toEqual([true, true, false, false, true, true]);
  });

  test('other faults leave a rule’s counting alone, and rules are given anew as a whole', async () => {
    north.setFaults({ rules: [{ service: 'kvs', after: 1, fault: { kind: 'fail' } }] });
    expect(await passes('a')).toBe(true);
    north.setFaults({ skewMs: 5 });
    expect(await passes('b')).toBe(false);
    north.setFaults({ rules: undefined });
    expect(await passes('c')).toBe(true);
  });

  test('calls after the app’s refusals only: what may not leave meets no fault', async () => {
    north.setFaults({
      rules: [
        { service: 'egress', fault: { kind: 'lost-answer' } },
        { service: 'jira', fault: { kind: 'fail' } },
      ],
    });
    expect(await north.invoke('fetch', { url: 'https://example.com/' })).toMatchObject({
      status: 403,
    });
    const forbidden = { as: 'app', path: '/rest/api/3/permissions' };
    expect(await north.invoke('jira', forbidden)).toMatchObject({ status: 401 });
  });

  test('also the calls of the app’s page, which have no invocation to kill', async () => {
    const ask = async () => {
      const headers = { 'X-Sandbox-App-Page': 'true' };
      return (await fetch(`${north.url}/rest/api/3/myself`, { headers })).status;
    };
    north.setFaults({ rules: [{ service: 'jira', fault: { kind: 'kill' } }] });
    expect(await ask()).toBe(200);
    expect(north.faultLog).toEqual([]);
    north.setFaults({ rules: [{ service: 'jira', fault: { kind: 'fail', status: 502 } }] });
    expect(await ask()).toBe(502);
  });

  test('all that fire delay a call, and the first other one decides', async () => {
    north.setFaults({
      rules: [
        { service: 'kvs', fault: { kind: 'delay', ms: 1_000 } },
        { service: 'kvs', fault: { kind: 'rate-limit' } },
        { service: 'kvs', fault: { kind: 'delay', ms: 500 } },
        { service: 'kvs', name: 'never reached', fault: { kind: 'fail' } },
      ],
    });
    const call = set();
    await sandbox.settled();
    await sandbox.clock.advance(1_500);
    expect(await call).toMatchObject({ error: { status: 429 } });
    expect(north.faultLog.map(({ rule }) => rule)).toEqual(['rule 0', 'rule 1', 'rule 2']);
  });
});

describe('chance (Sandbox: rules)', () => {
  /** Which of the app's calls fail, on a sandbox of its own. */
  async function failures(seed: number, rules: Rule[]): Promise<boolean[]> {
    const own = await startFixture({ sites: ['lone'], seed });
    try {
      const site = own.site('lone');
      site.setFaults({ rules });
      const failed = [];
      for (let count = 0; count < 40; count += 1) {
        const outcome = await site.invoke('store', { call: 'set', key: `key${count}` });
        failed.push('error' in (outcome as object));
      }
      return failed;
    } finally {
      await own.dispose();
    }
  }

  const half: Rule = { service: 'kvs', probability: 0.5, fault: { kind: 'fail' } };

  test('is the same for the same seed, and another for another', async () => {
    const first = await failures(7, [half]);
    expect(new Set(first).size).toBe(2);
    expect(await failures(7, [half])).toEqual(first);
    expect(await failures(8, [half])).not.toEqual(first);
  });

  test('of one rule does not depend on the others', async () => {
    const late: Rule = { service: 'kvs', probability: 0.3, fault: { kind: 'delay', ms: 1 } };
    const never: Rule = { ...late, match: { operation: 'delete' } };
    expect(await failures(7, [half, never])).toEqual(await failures(7, [half]));
    expect(await failures(7, [never, half])).not.toEqual(await failures(7, [half]));
  });
});

describe('deliveries (Sandbox: rules)', () => {
  const deliver = (times: number, name = 'outbound'): number[][] =>
    Array.from({ length: times }, () => north.deliveries('queue', name));

  test('are made once and at once, unless a rule says otherwise', () => {
    expect(deliver(2)).toEqual([[0], [0]]);
  });

  test('are lost, late, doubled', () => {
    const kinds: [Rule & { service: 'queue' }, number[]][] = [
      [{ service: 'queue', fault: { kind: 'lose' } }, []],
      [{ service: 'queue', fault: { kind: 'delay', ms: 700 } }, [700]],
      [{ service: 'queue', fault: { kind: 'duplicate', afterMs: 500 } }, [0, 500]],
      [{ service: 'queue', fault: { kind: 'duplicate' } }, [0, 0]],
    ];
    for (const [rule, copies] of kinds) {
      north.setFaults({ rules: [{ ...rule, times: 1 }] });
      expect(deliver(2)).toEqual([copies, [0]]);
    }
  });

  test('are late by chance, so that one overtakes another', () => {
    north.setFaults({ rules: [{ service: 'queue', fault: { kind: 'reorder', withinMs: 1_000 } }] });
    const delays = deliver(20).flat();
    expect(delays).toHaveLength(20);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThanOrEqual(1_000);
    expect(delays).not.toEqual(delays.toSorted((a, b) => a - b));
    north.setFaults({ rules: [{ service: 'queue', fault: { kind: 'reorder', withinMs: 1_000 } }] });
    expect(deliver(20).flat()).toEqual(delays);
  });

  test('of that kind and name only; rules add up, and what is lost is lost', () => {
    north.setFaults({
      rules: [
        { service: 'queue', match: { name: '^out' }, fault: { kind: 'duplicate', afterMs: 10 } },
        { service: 'queue', fault: { kind: 'delay', ms: 5 } },
        { service: 'schedule', fault: { kind: 'lose' } },
        { service: 'queue', match: { name: '^dead$' }, fault: { kind: 'lose' } },
        { service: 'queue', fault: { kind: 'delay', ms: 1 } },
      ],
    });
    expect(north.deliveries('queue', 'outbound')).toEqual([6, 16]);
    expect(north.deliveries('queue', 'dead')).toEqual([]);
    expect(north.deliveries('schedule', 'tick')).toEqual([]);
    expect(north.deliveries('product-event', 'avi:jira:created:issue')).toEqual([0]);
  });
});

describe('a delivery reaches the app as the rules say (Sandbox: rules)', () => {
  const lines = (what: string): number =>
    north.logs.filter((line) => line.includes(`log: ${what}`)).length;

  test('an event of Jira twice, or not at all', async () => {
    north.setFaults({
      rules: [
        { service: 'product-event', match: { name: 'created' }, fault: { kind: 'duplicate' } },
        { service: 'product-event', match: { name: 'deleted' }, fault: { kind: 'lose' } },
      ],
    });
    const issue = { id: '10001', key: 'ONE-1', fields: {} };
    north.publish({ eventType: 'avi:jira:deleted:issue', issue });
    await north.idle();
    expect(lines('told')).toBe(0);
    north.publish({ eventType: 'avi:jira:created:issue', issue });
    await north.idle();
    expect(lines('told')).toBe(2);
  });

  test('a schedule later', async () => {
    const rule = { service: 'schedule', match: { name: '^tick$' }, times: 1 } as const;
    north.setFaults({ rules: [{ ...rule, fault: { kind: 'delay', ms: 20_000 } }] });
    await sandbox.advance(319_999);
    const early = lines('ticked');
    await sandbox.advance(1);
    expect(lines('ticked')).toBe(early + 1);
    expect(north.faultLog).toHaveLength(1);
  });
});

describe('what has been injected (Sandbox: rules)', () => {
  test('is logged and counted, by rule and kind', async () => {
    const rules: Rule[] = [
      { service: 'kvs', name: 'flaky store', times: 2, fault: { kind: 'fail' } },
      { service: 'queue', fault: { kind: 'duplicate' } },
    ];
    north.setFaults({ rules });
    for (let count = 0; count < 3; count += 1) await set();
    north.deliveries('queue', 'outbound');
    const at = sandbox.clock.now();
    const failed = { at, rule: 'flaky store', service: 'kvs', kind: 'fail before' };
    expect(north.faultLog).toEqual([
      { ...failed, what: 'POST /api/v1/set' },
      { ...failed, what: 'POST /api/v1/set' },
      { at, rule: 'rule 1', service: 'queue', kind: 'duplicate', what: 'outbound' },
    ]);
    expect(north.stats.snapshot().faults).toEqual({
      'flaky store: kvs fail before': 2,
      'rule 1: queue duplicate': 1,
    });
    // Asked for is asked for, whatever came of it.
    expect(north.stats.snapshot().kvs.write).toBe(3);
  });
});

describe('a rule that could never fire is refused, and says why (Sandbox: rules)', () => {
  const rule = (fault: object, more: object = {}) => ({ service: 'kvs', fault, ...more });
  const fail = { kind: 'fail' };

  test.each<[string, object, string]>([
    ['an unknown service', { service: 'sql', fault: fail }, 'No service "sql": calls are kvs'],
    ['a call’s fault on a delivery', { service: 'queue', fault: fail }, 'No fault "fail" of queue'],
    ['a delivery’s fault on a call', rule({ kind: 'lose' }), 'No fault "lose" of kvs: it has fail'],
    ['a reason of Jira’s elsewhere', rule({ kind: 'rate-limit', reason: 'x' }), 'reason'],
    [
      'an operation that the store has not',
      rule(fail, { match: { operation: 'put' } }),
      'match.op',
    ],
    ['a path of the store', rule(fail, { match: { path: 'x' } }), 'path'],
    ['a chance of none', rule(fail, { probability: 0 }), 'probability'],
    ['no times at all', rule(fail, { times: 0 }), 'times'],
    ['a pattern that is none', rule(fail, { match: { body: '(' } }), 'Not a regular expression'],
    [
      'a conflict that is no transaction’s',
      rule({ kind: 'conflict' }),
      'Only a transaction meets a conflict',
    ],
    ['a status that is no failure', rule({ kind: 'fail', status: 200 }), 'status'],
  ])('%s', async (_what, wrong, message) => {
    const response = await fetch(`${north.url}/_sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify({ rules: [wrong] }),
    });
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { message: string } };
    expect(error.message).toContain(message);
    expect(north.faults.rules).toEqual([]);
  });
});

test('rules over the control surface, and back (Sandbox: rules)', async () => {
  const post = async (faults: object) => {
    const body = JSON.stringify(faults);
    const response = await fetch(`${north.url}/_sandbox/faults`, { method: 'POST', body });
    return (await response.json()) as { rules: unknown };
  };
  const { rules } = await post({ rules: [{ service: 'kvs', fault: { kind: 'fail' } }] });
  expect(rules).toEqual([
    {
      service: 'kvs',
      after: 0,
      probability: 1,
      fault: { kind: 'fail', when: 'before', status: 500 },
    },
  ]);
  expect(await set()).toMatchObject({ error: { status: 500 } });
  expect((await post({ rules: null })).rules).toEqual([]);
  expect(await set()).toEqual({});
  const stats = await fetch(`${north.url}/_sandbox/stats`);
  expect(await stats.json()).toMatchObject({ faults: { 'rule 0: kvs fail before': 1 } });
});
