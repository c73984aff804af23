/** Writing to an issue of our Jira: what reaches it, what is refused, and what the write has replaced. */
import type { AliasValue } from '../../src/contract/alias-value';
import type { ObservedAlias } from '../../src/sync/alias';
import { IssueUnreadable, type Aliases, type AliasWrites } from '../../src/sync/ports';
import { documentOf, readIssue } from '../support/jira-fields';
import {
  CONNECTION,
  contractFor,
  LocalClient,
  markerOf,
  portOn,
  SEAL,
  setAlias,
  valueAlias,
} from '../support/jira-issues';
import { LocalJira } from '../support/local-jira';

type Writes = AliasWrites<AliasValue | null>;

let local: LocalJira;
let client: LocalClient;
let id: string;
beforeEach(async () => {
  local = new LocalJira();
  client = new LocalClient(local);
  ({ id } = await readIssue(local, 'DEMO-6'));
});

const port = async (as = 'sync') =>
  portOn(local, client, await contractFor(local, 'DEMO', 'Task'), { as });

const text = (words: string) => ({
  kind: 'value' as const,
  value: { form: 'text' as const, text: words },
});
const named = (name: string) => ({
  kind: 'value' as const,
  value: { form: 'name' as const, name },
});

const day = (date: string) => ({
  kind: 'value' as const,
  value: { form: 'date' as const, date },
});

const KNOWN: Aliases = { summary: valueAlias('old'), duedate: valueAlias('old') };

/** As the engine does it: it reads, and then writes. */
async function write(writes: Writes, known: Aliases = KNOWN, as?: string) {
  const issues = await port(as);
  await issues.read(id, known);
  client.calls.length = 0;
  return issues.write(id, writes, known, markerOf('w-1', known));
}

const fieldsNow = async () => (await readIssue(local, 'DEMO-6')).fields;
const edit = (fields: object, as = 'zoe.lefevre') => local.put(`issue/${id}`, { fields }, as);
const valueOf = (observed: ObservedAlias<AliasValue | null> | undefined) =>
  observed?.kind === 'value' ? observed.value : undefined;

test('one request writes fields and marker, and reads back what Jira made of them', async () => {
  const result = await write({ summary: text('  Twelve chairs ') });
  expect(client.calls).toEqual(['editIssue']);
  expect((await fieldsNow()).summary).toBe('Twelve chairs');
  expect(valueOf(result.readBack.summary)).toEqual({ form: 'text', text: 'Twelve chairs' });
  expect(valueOf(result.was.summary)).toEqual({ form: 'text', text: 'Order new chairs' });
  const { changelog, properties } = await readIssue(
    local,
    'DEMO-6',
    `?expand=changelog&properties=*all`,
  );
  expect(result.changes).toEqual([changelog?.histories[0]?.id]);
  expect(properties?.[`issuesync.${CONNECTION}`]).toMatchObject({ write: 'w-1', contract: 'Both' });
});

test('what it reads back is what a later reading says', async () => {
  const result = await write({ summary: text('Chairs'), priority: named('High') });
  const snapshot = await (await port()).read(id, {});
  for (const alias of ['summary', 'priority']) {
    expect(snapshot?.aliases[alias]).toMatchObject({
      hash: (result.readBack[alias] as { hash: string }).hash,
    });
  }
});

test('a set is written by element: what somebody has added just now stays', async () => {
  await edit({ labels: ['old', 'kept'] });
  const known = { labels: setAlias('new', 'kept') };
  const issues = await port();
  await issues.read(id, known);
  await edit({ labels: ['old', 'kept', 'just-now'] });
  const writes: Writes = { labels: { kind: 'set', add: ['new'], remove: ['old'] } };
  const result = await issues.write(id, writes, known, markerOf('w-1', known));
  expect((await fieldsNow()).labels).toEqual(['just-now', 'kept', 'new']);
  expect(result.readBack.labels).toMatchObject({ elements: ['just-now', 'kept', 'new'] });
});

test('elements that cannot be here are told, and the others are written', async () => {
  const known = { components: setAlias('Backend', 'Cellar') };
  const writes: Writes = { components: { kind: 'set', add: ['Backend', 'Cellar'], remove: [] } };
  const result = await write(writes, known);
  expect((await fieldsNow()).components).toMatchObject([{ name: 'Backend' }]);
  expect(result.partly.components?.reason).toContain('Cellar');
  expect(result.refused).toEqual({});
});

test('what is so already needs no request and leaves no marker', async () => {
  await edit({ labels: ['here'] });
  const known = { labels: setAlias('here') };
  const result = await write({ labels: { kind: 'set', add: ['here'], remove: [] } }, known);
  expect(client.calls).toEqual([]);
  expect(result).toMatchObject({ refused: {}, changes: [], readBack: { labels: {} } });
});

describe('refusals', () => {
  test('a value that no field can take is refused before Jira is asked, in words', async () => {
    const result = await write({ priority: named('Whenever'), summary: text('Chairs') });
    expect(result.refused.priority).toMatchObject({ code: 'no-such-choice' });
    expect(Object.keys(result.readBack)).toEqual(['summary']);
    expect((await fieldsNow()).summary).toBe('Chairs');
    expect(client.calls).toEqual(['editIssue']);
  });

  test('what Jira refuses is told in its words, and the rest is written', async () => {
    const contract = await contractFor(local, 'DEMO', 'Task');
    const gone = contract.fields.map((field) =>
      field.id === 'priority' ? { ...field, choices: [{ id: '99', name: 'Gone' }] } : field,
    );
    const issues = portOn(local, client, { ...contract, fields: gone });
    await issues.read(id, KNOWN);
    const writes = { priority: named('Gone'), summary: text('Chairs') };
    const result = await issues.write(id, writes, KNOWN, markerOf('w-1', KNOWN));
    expect(result.refused.priority).toMatchObject({ code: 'refused-by-jira' });
    expect(result.refused.priority?.reason).toContain('Priority');
    expect((await fieldsNow()).summary).toBe('Chairs');
    const snapshot = await (await port()).read(id, {}, SEAL);
    expect(Object.keys(snapshot?.marker?.aliases ?? {})).toEqual(['summary']);
  });

  test('where the Local User may not edit, all is refused, and nothing is left behind', async () => {
    ({ id } = await readIssue(local, 'OPS-1'));
    const contract = await contractFor(local, 'OPS', 'Task');
    const issues = portOn(local, client, contract, { as: 'sync-limited' });
    await issues.read(id, KNOWN);
    const writes = { duedate: { kind: 'value' as const, value: null }, summary: text('Chairs') };
    const result = await issues.write(id, writes, KNOWN, markerOf('w-1', KNOWN));
    expect(Object.keys(result.refused).sort()).toEqual(['duedate', 'summary']);
    expect(result).toMatchObject({ readBack: {}, changes: [] });
    const { fields, properties } = await readIssue(local, 'OPS-1', '?properties=*all');
    expect(fields.summary).toBe('Laptop for the new colleague');
    expect(properties).toEqual({});
  });

  test('the issue type is not changed, and may be what it is', async () => {
    expect((await write({ issuetype: named('Task') })).refused).toEqual({});
    const contract = await contractFor(local, 'DEMO', 'Task');
    const [task] = contract.issueTypes;
    const { issueTypes } = await contractFor(local, 'DEMO', 'Story');
    const both = { ...contract, issueTypes: [...(task ? [task] : []), ...issueTypes] };
    const issues = portOn(local, client, both);
    const result = await issues.write(id, { issuetype: named('Story') }, KNOWN, markerOf('w-1'));
    expect(result.refused.issuetype).toMatchObject({ code: 'cannot-change-type' });
  });

  test('an issue that has gone is nobody’s refusal: it is not readable', async () => {
    const issues = await port();
    await issues.read(id, KNOWN);
    await local.delete(`issue/${id}`, 'admin');
    const writing = issues.write(id, { summary: text('Chairs') }, KNOWN, markerOf('w-1'));
    await expect(writing).rejects.toBeInstanceOf(IssueUnreadable);
  });
});

describe('people', () => {
  const person = (accountId: string) => ({
    kind: 'value' as const,
    value: { form: 'user' as const, displayName: 'Whoever', accountId },
  });

  test('are looked up in one call, and only where somebody is named', async () => {
    const { accountId } = local.user('priya.raman');
    await write({ assignee: person(accountId), reporter: person(accountId) });
    expect(client.calls).toEqual(['bulkGetUsers', 'editIssue']);
    expect((await fieldsNow()).assignee).toMatchObject({ displayName: 'Priya Raman' });
  });

  test('who is not here, or not active, is nobody', async () => {
    const inactive = local.user('jonas.grossmann').accountId;
    await edit({ assignee: { accountId: local.user('priya.raman').accountId } });
    const result = await write({ assignee: person(inactive) });
    expect(result.refused).toEqual({});
    expect((await fieldsNow()).assignee).toBeNull();
  });
});

describe('what a user has changed between our reading and our writing', () => {
  /** As if a user were faster than our write. */
  async function writeAfter(fields: object, writes: Writes, as = 'zoe.lefevre') {
    const issues = await port();
    await issues.read(id, KNOWN);
    await local.clock.advance(1_000);
    await edit(fields, as);
    return issues.write(id, writes, KNOWN, markerOf('w-1', KNOWN));
  }

  test('is told as what the write has replaced', async () => {
    const result = await writeAfter({ summary: 'By a user' }, { summary: text('By us') });
    expect(valueOf(result.was.summary)).toEqual({ form: 'text', text: 'By a user' });
    expect(result.was.summary).toMatchObject({ changedAt: local.clock.now() });
  });

  test('in a set, is not absorbed with what the Local User has written', async () => {
    const add = { kind: 'set' as const, add: ['by-us'], remove: [] };
    const { readBack } = await writeAfter({ labels: ['by-a-user'] }, { labels: add });
    expect(readBack.labels).toEqual({ kind: 'set', elements: ['by-a-user', 'by-us'] });
    // As whoever finds the marker of a write that was not committed will see it.
    const { written } = (await (await port()).read(id, KNOWN, SEAL)) ?? {};
    expect(written?.labels).toMatchObject({ isOurs: true, isShared: true });
  });

  test('of a choice, as the hash that a reading would have', async () => {
    const result = await writeAfter({ priority: { name: 'Lowest' } }, { priority: named('High') });
    await edit({ priority: { name: 'Lowest' } });
    const snapshot = await (await port()).read(id, {});
    expect(result.was.priority).toMatchObject({
      value: { form: 'name', name: 'Lowest' },
      hash: (snapshot?.aliases.priority as { hash: string }).hash,
    });
  });

  test('of formatted text its text', async () => {
    const ours = { form: 'rich-text' as const, document: documentOf('By us') as never };
    const result = await writeAfter(
      { description: documentOf('By a user') },
      { description: { kind: 'value', value: ours } },
    );
    expect(valueOf(result.was.description)).toMatchObject({
      document: { content: [{ content: [{ text: 'By a user' }] }] },
    });
  });

  test('and what one changes right after it is not taken for ours', async () => {
    client.after = async (name) => {
      if (name !== 'editIssue') return undefined;
      await edit({ summary: 'After us' });
      return local.get(`issue/${id}?expand=changelog`, 'app:sync');
    };
    const result = await write({ summary: text('By us'), duedate: day('2026-03-01') });
    expect(Object.keys(result.readBack)).toEqual(['duedate']);
    expect(result.changes).toHaveLength(1);
  });

  test('leaves what was read of the other fields as what was replaced', async () => {
    const result = await writeAfter({ duedate: '2026-03-01' }, { summary: text('By us') });
    expect(valueOf(result.was.summary)).toEqual({ form: 'text', text: 'Order new chairs' });
  });
});

describe('the marker, for whoever comes after a function that was ended', () => {
  const written = async () => (await (await port()).read(id, {}, SEAL))?.written?.summary;

  test('what we wrote is ours, until somebody changes it', async () => {
    await write({ summary: text('By us') });
    expect(await written()).toEqual({ isOurs: true });
    await edit({ duedate: '2026-03-01' });
    expect(await written()).toEqual({ isOurs: true });
    await edit({ summary: 'By a user' });
    expect(await written()).toEqual({ isOurs: false });
  });

  test('what it has replaced unseen is told', async () => {
    const issues = await port();
    await issues.read(id, KNOWN);
    await edit({ summary: 'By a user' });
    await issues.write(id, { summary: text('By us') }, KNOWN, markerOf('w-1', KNOWN));
    expect(await written()).toMatchObject({
      isOurs: true,
      was: { value: { form: 'text', text: 'By a user' } },
    });
  });

  test('a second write of the same function is told apart from the first', async () => {
    const issues = await port();
    await issues.read(id, KNOWN);
    await issues.write(id, { summary: text('First') }, KNOWN, markerOf('w-1', KNOWN));
    await edit({ summary: 'By a user' });
    await issues.write(id, { summary: text('Second') }, KNOWN, markerOf('w-2', KNOWN));
    expect(await written()).toMatchObject({ was: { value: { text: 'By a user' } } });
  });

  test('is as long as Jira takes it, however much is written', async () => {
    const labels = Array.from({ length: 500 }, (_, at) => `label-${at}-${'x'.repeat(60)}`);
    const known = { labels: setAlias(...labels), summary: valueAlias('old') };
    const issues = await port();
    await issues.read(id, {});
    const marker = (names: readonly string[]) => ({
      seal: SEAL,
      write: 'w-1',
      aliases: Object.fromEntries(
        names.map((name) => [
          name,
          { write: 'w-1', after: name === 'labels' ? known.labels : known.summary },
        ]),
      ),
    });
    const writes: Writes = {
      labels: { kind: 'set', add: labels, remove: [] },
      summary: text('Many labels'),
    };
    expect((await issues.write(id, writes, known, marker)).refused).toEqual({});
    const snapshot = await (await port()).read(id, {}, SEAL);
    expect(Object.keys(snapshot?.marker?.aliases ?? {})).toEqual(['summary']);
  });
});
