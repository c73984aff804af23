/** What the sandbox reads from `manifest.yml`, and how it says what it cannot run. */
import { mkdtempSync, rmSync, writeFileSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readManifest } from '../../sandbox/forge/manifest';
import { PRODUCT_EVENT_NAMES, PRODUCT_EVENT_SCOPE } from '../../sandbox/forge/product-event-names';

const FIXTURE = join(__dirname, '../support/fixture-app');

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'manifest-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/index.ts'), '');
  writeFileSync(join(root, 'src/events.ts'), '');
});

afterEach(() => rmSync(root, { recursive: true }));

const change = (from: string, to: string): void => {
  const text = readFileSync(join(FIXTURE, 'manifest.yml'), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(root, 'manifest.yml'), text.replace(from, to));
};

test('an app', () => {
  const manifest = readManifest(FIXTURE);
  expect(manifest).toMatchObject({
    adminPages: [
      { key: 'main-page', resourcePath: 'static/page.tsx', resolver: 'resolver' },
      { key: 'other-page', useAsConfig: true },
    ],
    webTriggers: [
      { key: 'hook', function: 'hook-fn', urlFormat: 'v2' },
      { key: 'old-hook', urlFormat: 'v1' },
    ],
    consumers: [
      { key: 'work-consumer', queue: 'work', function: 'work-fn' },
      { key: 'long-consumer', queue: 'long-work', function: 'long-fn' },
    ],
    schedules: [
      { key: 'tick', function: 'tick-fn', interval: 'fiveMinute' },
      { key: 'hourly', function: 'hourly-fn', interval: 'hour' },
    ],
    entities: [],
    egress: ['*.webtrigger.atlassian.app', '*.hello.atlassian-dev.net', 'https://api.example.com'],
  });
  expect(manifest.functions.get('hook-fn')).toEqual({
    file: join(FIXTURE, 'src/index.ts'),
    exportName: 'hook',
  });
  expect(manifest.scopes.get('read:jira-work')).toEqual({ allowImpersonation: true });
  expect(manifest.scopes.get('storage:app')).toEqual({ allowImpersonation: false });
});

test('an app on its official bundles', () => {
  expect(() => readManifest(FIXTURE, root)).toThrow(/file of handler \S+ in/);
  for (const name of ['index.cjs', 'events.cjs']) writeFileSync(join(root, name), '');
  expect(() => readManifest(FIXTURE, root)).toThrow(/bundle .*page does not exist/);
  mkdirSync(join(root, 'page'));
  writeFileSync(join(root, 'page/index.html'), '');

  const { functions, adminPages } = readManifest(FIXTURE, root);
  expect(functions.get('hook-fn')).toEqual({
    file: join(root, 'index.cjs'),
    exportName: 'hook',
  });
  expect(adminPages[0]).toMatchObject({ bundle: join(root, 'page') });
});

const moreSchedules = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `\n    - { key: more-${index}, function: tick-fn, interval: hour }`,
  ).join('');

const PROPERTY =
  '{ key: p, entityType: issue, propertyKey: k, values: [{ path: a.b, type: string }] }';

test('properties that are indexed', () => {
  change('  consumer:', `  jira:entityProperty: [${PROPERTY}]\n  consumer:`);
  expect(readManifest(root).indexedProperties).toEqual([{ propertyKey: 'k', paths: ['a.b'] }]);
});

test.each([
  ['handler: index.hook', 'handler: other.hook', /file of handler other\.hook/],
  ['resource: page', 'resource: gone', /resource gone of page main-page/],
  ['type: dynamic', 'type: static', /webtrigger/],
  ['id: ari:cloud', 'no-id: ari:cloud', /app\.id/],
  ['function: hook-fn', 'function: no-fn', /function no-fn of webtrigger hook does not exist/],
  // Consumers.
  ['queue: work', 'queue: no queue', /consumer\[0\]\.queue/],
  ['queue: work', `queue: ${'q'.repeat(37)}`, /consumer\[0\]\.queue/],
  ['queue: work', 'queue: long-work', /queue long-work has more than one consumer/],
  ['function: work-fn', 'resolver: { function: work-fn, method: x }', /does not know resolver/],
  ['  consumer:', '  fifoConsumer: []\n  consumer:', /no FIFO queues/],
  // Scheduled triggers (Forge: scheduled trigger limits).
  ['interval: hour', 'interval: fiveMinute', /only one scheduledTrigger .* fiveMinute/],
  ['interval: hour', 'interval: minute', /scheduledTrigger\[1\]\.interval/],
  ['interval: hour', `interval: hour${moreSchedules(4)}`, /at most 5 scheduledTrigger/],
  ['interval: hour', 'interval: hour\n      filter: { appIsLicensed: true }', /not know filter/],
  // Triggers: what is not delivered on the platform, or not modelled here, is refused.
  ['jira:commented:issue', 'jira:created:comment', /Is it avi:jira:commented:issue\?/],
  ['jira:created:issue', 'jira:created:isue', /Is it avi:jira:created:issue\?/],
  ['jira:created:issue', 'jira:viewed:issue', /no event avi:jira:viewed:issue/],
  ['{ ignoreSelf: true }', '{ expression: x }', /does not know expression/],
  ['{ ignoreSelf: true }', '{ ignoreSelf: true, onError: IGNORE }', /does not know onError/],
  ['{ ignoreSelf: true }', '{ ignoreSelf: 1 }', /ignoreSelf/],
  ['read:jira-work', 'write:jira-work', /trigger issue-trigger: .* needs .* read:jira-work/],
  // Entity properties: what JQL does not model here is refused.
  [
    '  consumer:',
    `  jira:entityProperty: [${PROPERTY.replace('issue', 'user')}]\n  consumer:`,
    /entityType/,
  ],
  [
    '  consumer:',
    `  jira:entityProperty: [${PROPERTY.replace('string', 'date')}]\n  consumer:`,
    /type/,
  ],
  [
    '  consumer:',
    `  jira:entityProperty: [${PROPERTY.replace('type:', 'searchAlias: x, type:')}]\n  consumer:`,
    /searchAlias/,
  ],
  // Time limits (Forge: function, `timeoutSeconds`; Forge's lint refuses the shared ones).
  ['timeoutSeconds: 900', 'timeoutSeconds: 901', /timeoutSeconds/],
  ['timeoutSeconds: 900', 'timeoutSeconds: 0', /timeoutSeconds/],
  [
    'handler: events.onEvent',
    'handler: events.onEvent\n      timeoutSeconds: 25',
    /trigger issue-/,
  ],
])('%s changed to %s is told', (from, to, message) => {
  change(from, to);
  expect(() => readManifest(root)).toThrow(message);
});

test('an event has its own filter, or that of its module', () => {
  const trigger = { key: 'issue-trigger', function: 'trigger-fn' };
  expect(readManifest(FIXTURE).triggers).toEqual(
    expect.arrayContaining([
      { ...trigger, eventType: 'avi:jira:updated:issue', ignoreSelf: false },
      {
        key: 'others-trigger',
        function: 'others-fn',
        eventType: 'avi:jira:updated:issue',
        ignoreSelf: true,
      },
    ]),
  );
  change('- key: issue-trigger', '- key: issue-trigger\n      filter: { ignoreSelf: true }');
  expect(readManifest(root).triggers).toContainEqual({
    ...trigger,
    eventType: 'avi:jira:deleted:issue',
    ignoreSelf: true,
  });
});

test('time limits come from the kind of module, and from timeoutSeconds where it may have one', () => {
  const limits = (key: string): number | undefined => readManifest(root).timeLimits.get(key);
  change('handler', 'handler');
  expect(limits('resolver')).toBe(25_000);
  expect(limits('hook-fn')).toBe(55_000);
  expect(limits('work-fn')).toBe(55_000);
  expect(limits('long-fn')).toBe(900_000);
  expect(limits('tick-fn')).toBe(55_000);
  expect(limits('hourly-fn')).toBe(120_000);
  // UNVERIFIED: the page on limits does not name product events.
  expect(limits('trigger-fn')).toBe(25_000);
});

test('the lowest limit counts where modules share a function', () => {
  change('function: work-fn', 'function: trigger-fn');
  expect(readManifest(root).timeLimits.get('trigger-fn')).toBe(25_000);
});

test('more than one kind of module may not share a function with timeoutSeconds', () => {
  change('function: others-fn', 'function: long-fn');
  expect(() => readManifest(root)).toThrow(
    /long-fn has timeoutSeconds, but trigger others-trigger/,
  );
});

test('every event that the sandbox knows is one of Atlassian’s, with the scope that it needs', () => {
  // What the validator of manifests goes by; the package exports only the schema beside it.
  const schema = require.resolve('@forge/manifest/schema.json');
  const file = join(dirname(schema), '../mapping/product-event-to-scope-mapping.json');
  const { mapping } = JSON.parse(readFileSync(file, 'utf8')) as {
    mapping: { productEvent: string; oAuthScopes: { current: string[] } }[];
  };
  const scopes = new Map(mapping.map((one) => [one.productEvent, one.oAuthScopes.current]));
  for (const name of PRODUCT_EVENT_NAMES) {
    expect([name, scopes.get(name)]).toEqual([name, [PRODUCT_EVENT_SCOPE]]);
  }
});
