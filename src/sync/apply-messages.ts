/** What has come over a connection: for each message the contract that takes it, and the engine. */
import { isSameName } from '../contract/pair';
import type { Contract } from '../contract/records';
import { JiraError } from '../jira/client';
import { applyMessage } from './apply';
import type { SyncValue } from './exchange-schema';
import type { Deferral, IssueMessage, IssueResult } from './messages';
import { contextOf, type OpenConnection } from './open-connection';
import { rulesOf } from './rules';
import type { SyncPorts } from './sync-ports';
import { watchRows } from './wake-up';

const deferred = (reason: Deferral): IssueResult => ({ outcome: 'deferred', reason });

/** For good, as the truth table of contracts says: who asks again gets the same answer. */
const ONLY_SENDS: IssueResult = {
  outcome: 'failed',
  code: 'only-sends',
  reason:
    'The contract of the other site only sends: change its direction there, or that of the contract here.',
};

/**
 * One result for each message, in their order. The first one is always finished; what is not begun by the
 * deadline comes again.
 *
 * @param deadline ms since the epoch
 */
export async function applyMessages(
  ports: SyncPorts,
  connection: OpenConnection,
  messages: readonly IssueMessage<SyncValue>[],
  deadline: number,
): Promise<IssueResult[]> {
  const results: IssueResult[] = [];
  for (const message of messages) {
    const isLate = results.length > 0 && ports.sources.now() >= deadline;
    results.push(isLate ? deferred('busy') : await applyOne(ports, connection, message));
  }
  return results;
}

/** By then the remote has taken our answer: a message that overtakes it makes it worthless. */
const ANSWERED_MS = 1_000;

/** As `applyMessages`; what this side has found on the way that the remote lacks is sent to it soon. */
export async function applyAndWake(
  given: SyncPorts,
  connection: OpenConnection,
  messages: readonly IssueMessage<SyncValue>[],
  deadline: number,
): Promise<IssueResult[]> {
  const { ports, wakeUp } = watchRows(given);
  try {
    return await applyMessages(ports, connection, messages, deadline);
  } finally {
    // The remote of a passive side collects it.
    if (!connection.record.passive) await wakeUp(ANSWERED_MS);
  }
}

async function applyOne(
  ports: SyncPorts,
  connection: OpenConnection,
  message: IssueMessage<SyncValue>,
): Promise<IssueResult> {
  try {
    const contract = contractFor(connection.contracts, message);
    if (!contract)
      return deferred(isTaken(connection.contracts, message) ? 'bound-elsewhere' : 'no-contract');
    if (contract.direction === 'send') return ONLY_SENDS;
    if (!contract.enabled) return deferred('no-contract');
    const remoteSite = connection.record.remoteSite ?? '';
    const { policyName } = rulesOf(contract, { site: ports.site, remoteSite });
    if (message.policy !== policyName) return deferred('policy');
    if (hasAnotherPair(contract, message)) return deferred('mapping');
    if (contract.remote === undefined) {
      await ports.contracts.bind(connection.id, contract.id, message.contract.id);
    }
    return await applyMessage(await contextOf(ports, connection, contract), message);
  } catch (error) {
    return deferred(reasonOf(error, ports));
  }
}

/** Bound by ids once the two have met, by their names before that. */
function contractFor(
  contracts: readonly Contract[],
  { contract }: IssueMessage<SyncValue>,
): Contract | undefined {
  return (
    contracts.find(({ remote }) => remote === contract.id) ??
    contracts.find(({ remote, name }) => remote === undefined && isSameName(name, contract.name))
  );
}

/** Whether the one of that name is bound to another contract of the remote. */
const isTaken = (contracts: readonly Contract[], { contract }: IssueMessage<SyncValue>): boolean =>
  contracts.some(({ name }) => isSameName(name, contract.name));

/** Who has never compared the contracts says nothing of the pair. */
const hasAnotherPair = ({ pair }: Contract, message: IssueMessage<SyncValue>): boolean =>
  pair !== undefined && message.pair !== undefined && pair.hash !== message.pair;

function reasonOf(error: unknown, { logUnexpected }: SyncPorts): Deferral {
  if (error instanceof JiraError && error.code === 'unavailable') return 'unavailable';
  if (error instanceof JiraError && error.code === 'impersonation-refused') return 'local-user';
  logUnexpected('a message', error);
  return 'error';
}
