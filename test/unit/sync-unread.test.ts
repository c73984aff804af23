/** What is answered of a field that is mapped, and that our Jira does not show just now. */
import { applyMessage } from '../../src/sync/apply';
import type { SyncContext } from '../../src/sync/context';
import type { SyncValue } from '../../src/sync/exchange-schema';
import type { IssueMessage } from '../../src/sync/messages';
import { EVERYTHING } from '../support/sync-rules';
import { syncWorld } from '../support/sync-world';
import { HERE } from '../support/wire-endpoint';

const dot = { site: 'there', n: 1 };
const version = { there: 1 };
const value = (sent: SyncValue) =>
  ({ kind: 'value', value: sent, version, dot, stamp: 1 }) as const;
const set = (...labels: string[]) =>
  ({
    kind: 'set',
    version,
    elements: Object.fromEntries(labels.map((one) => [one, [dot]])),
  }) as const;

const message: IssueMessage<SyncValue> = {
  issue: '10',
  token: 'token',
  contract: { id: 'theirs', name: 'Demo' },
  policy: 'newest',
  twin: '77',
  origin: { site: 'there', issue: '10' },
  path: ['there'],
  aliases: {
    summary: value({ form: 'text', text: 'Hello' }),
    duedate: value(null),
    labels: set('new'),
    components: set(),
    'not mapped': value({ form: 'text', text: 'Hello' }),
  },
};

async function results() {
  const { ports } = syncWorld();
  const issues = await ports.issuesOf(undefined as never, undefined as never);
  const context: SyncContext<SyncValue> = {
    connection: 'c-1',
    site: HERE,
    remoteSite: 'there',
    policy: { kind: 'newest' },
    rules: { ...EVERYTHING, takes: (alias) => alias !== 'not mapped' },
    store: ports.store,
    issues: { ...issues, read: async () => ({ aliases: {}, comments: [] }) },
    sources: ports.sources,
    unsendable: () => undefined,
  };
  await ports.store.create('link', 'c-1:77', {
    connection: 'c-1',
    contract: 'ours',
    issue: '77',
    remote: '10',
    state: 'linked',
    origin: message.origin,
    path: ['there', HERE],
    aliases: {},
    revision: 1,
  });
  const result = await applyMessage(context, message);
  return result.outcome === 'done' ? result.aliases : result;
}

test('it is refused with a reason, so that it comes again; what is not mapped is ignored, and nothing is not missed', async () => {
  const refused = {
    outcome: 'refused',
    version: {},
    refusal: {
      code: 'unreadable-field',
      reason: expect.stringContaining('does not show') as string,
    },
  };
  expect(await results()).toEqual({
    summary: {
      ...refused,
      of: 'there:1',
      refusal: { ...refused.refusal, reason: expect.stringContaining('“summary”') as string },
    },
    labels: { ...refused, of: '[["there",1]]' },
    duedate: { outcome: 'unchanged', version },
    components: { outcome: 'unchanged', version },
    'not mapped': { outcome: 'ignored', version },
  });
});
