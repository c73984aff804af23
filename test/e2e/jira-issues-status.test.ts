/** Walking an issue of our Jira to a status, through a workflow that has no way from everywhere to everywhere. */
import type { AliasValue } from '../../src/contract/alias-value';
import { JiraError } from '../../src/jira/client';
import type { ObservedAlias } from '../../src/sync/alias';
import { readIssue } from '../support/jira-fields';
import {
  contractFor,
  LocalClient,
  markerOf,
  portOn,
  SEAL,
  valueAlias,
} from '../support/jira-issues';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
let client: LocalClient;
let id: string;
beforeEach(async () => {
  local = new LocalJira();
  client = new LocalClient(local);
  // A story in the backlog.
  ({ id } = await readIssue(local, 'WEB-4'));
});

const port = async (as = 'sync') =>
  portOn(local, client, await contractFor(local, 'WEB', 'Story'), { as });

const KNOWN = { status: valueAlias('old') };

async function walkTo(name: string, as?: string) {
  const issues = await port(as);
  await issues.read(id, {});
  client.calls.length = 0;
  const value: AliasValue = { form: 'name', name };
  return issues.write(id, { status: { kind: 'value', value } }, KNOWN, markerOf('w-1', KNOWN));
}

const statusNow = async () => ((await readIssue(local, id)).fields.status as { name: string }).name;
const nameIn = (observed: ObservedAlias<AliasValue | null> | undefined) =>
  observed?.kind === 'value' && observed.value?.form === 'name' ? observed.value.name : undefined;

/** Takes a transition as somebody. */
async function take(name: string, as = 'admin') {
  const { body } = await local.get(`issue/${id}/transitions`, as);
  const { transitions } = body as { transitions: { id: string; name: string }[] };
  const transition = transitions.find((one) => one.name === name);
  const answer = await local.post(`issue/${id}/transitions`, { transition }, as);
  if (answer.status !== 204) throw new Error(`${name} cannot be taken`);
}

test('a status is written by itself, step by step', async () => {
  const issues = await port();
  expect(issues.isStepwise('status')).toBe(true);
  expect(issues.isStepwise('summary')).toBe(false);
  const result = await walkTo('In development');
  expect(await statusNow()).toBe('In development');
  expect(nameIn(result.readBack.status)).toBe('In development');
  expect(nameIn(result.was.status)).toBe('Backlog');
  expect(result).toMatchObject({ refused: {}, partly: {} });
  expect(result.changes).toHaveLength(2);
});

test('a single step costs three calls, and none where it is there already', async () => {
  await walkTo('Selected');
  expect(client.calls).toEqual(['getTransitions', 'doTransition', 'getIssue']);
  const result = await walkTo('Selected');
  expect(client.calls).toEqual([]);
  expect(nameIn(result.readBack.status)).toBe('Selected');
});

test('a status that is not there is refused before Jira is asked', async () => {
  const result = await walkTo('Nowhere');
  expect(result.refused.status).toMatchObject({ code: 'no-such-choice' });
  expect(client.calls).toEqual([]);
});

/** Jira does not take the second step. */
function refuseSecondStep() {
  let steps = 0;
  client.before = (name) => {
    if (name === 'doTransition') steps += 1;
    return Promise.resolve(
      name === 'doTransition' && steps === 2
        ? { status: 400, body: { errorMessages: ['Not on a Friday.'], errors: {} } }
        : undefined,
    );
  };
}

test('where the way ends, the reason says why, and the issue is told where it stands', async () => {
  refuseSecondStep();
  const result = await walkTo('In development');
  expect(result.refused.status?.code).toBe('no-way');
  expect(result.refused.status?.reason).toContain('Not on a Friday.');
  expect(await statusNow()).toBe('Selected');
  expect(nameIn(result.readBack.status)).toBe('Selected');
  expect(result.changes).toHaveLength(1);
});

test('where a screen is in the way, it is named', async () => {
  await walkTo('In review');
  const result = await walkTo('Released');
  expect(result.refused.status?.reason).toContain('Resolution');
  // It has looked around on its way.
  expect(nameIn(result.readBack.status)).toBe(await statusNow());
});

test('a screen is filled from the contract', async () => {
  const { body } = await local.get('resolution', 'admin');
  const done = (body as { id: string; name: string }[]).find(({ name }) => name === 'Done');
  const value = done?.id ?? '';
  const screenDefaults = [
    {
      fieldId: 'resolution',
      name: 'Resolution',
      kind: 'resolution' as const,
      value,
      label: 'Done',
    },
  ];
  const contract = await contractFor(local, 'WEB', 'Story', { screenDefaults });
  await walkTo('In review');
  const issues = portOn(local, client, contract, {});
  const released: AliasValue = { form: 'name', name: 'Released' };
  const writes = { status: { kind: 'value', value: released } } as const;
  const result = await issues.write(id, writes, KNOWN, markerOf('w-2', KNOWN));
  expect(result.refused).toEqual({});
  const { fields } = await readIssue(local, id);
  expect(fields).toMatchObject({ status: { name: 'Released' }, resolution: { name: 'Done' } });
});

describe('the marker', () => {
  const written = async () => (await (await port()).read(id, {}, SEAL))?.written?.status;

  test('says that a walk that was ended half way is not finished', async () => {
    let steps = 0;
    client.before = (name) => {
      if (name !== 'doTransition') return Promise.resolve(undefined);
      steps += 1;
      if (steps === 2) throw new JiraError('unavailable', 'ended');
      return Promise.resolve(undefined);
    };
    await expect(walkTo('In development')).rejects.toThrow('ended');
    expect(await statusNow()).toBe('Selected');
    expect(await written()).toEqual({ isOurs: true, isUnfinished: true });
  });

  test('says that a walk is done', async () => {
    await walkTo('In development');
    expect(await written()).toEqual({ isOurs: true });
  });

  test('says that somebody has moved it since', async () => {
    await walkTo('Selected');
    await take('Start');
    expect(await written()).toEqual({ isOurs: false, isUnfinished: true });
  });
});

describe('somebody who moves it meanwhile', () => {
  test('before our first step is told as replaced', async () => {
    const issues = await port();
    await issues.read(id, {});
    await take('Select', 'zoe.lefevre');
    const value: AliasValue = { form: 'name', name: 'In review' };
    const writes = { status: { kind: 'value', value } } as const;
    const result = await issues.write(id, writes, KNOWN, markerOf('w-1', KNOWN));
    expect(nameIn(result.was.status)).toBe('Selected');
    expect(nameIn(result.readBack.status)).toBe('In review');
  });

  test('so that our step is none any more: nothing is written, and the merge decides again', async () => {
    client.before = async (name) => {
      if (name === 'doTransition') await take('Close without release', 'zoe.lefevre');
      return undefined;
    };
    await expect(walkTo('In development')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await statusNow()).toBe('Released');
  });

  test('after our last step does not change what the step has left', async () => {
    client.before = async (name) => {
      if (name === 'getIssue' && (await statusNow()) === 'Selected') await take('Start');
      return undefined;
    };
    const result = await walkTo('Selected');
    const left = (await (await port()).read(id, {}))?.aliases.status;
    expect(await statusNow()).toBe('In development');
    expect(result.readBack.status).not.toMatchObject({ hash: (left as { hash: string }).hash });
    expect(result.changes).toHaveLength(1);
  });
});
