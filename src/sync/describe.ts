/**
 * The two sides of a connection tell each other of their contracts, all of them and nothing else, in one request and
 * its answer: both then know which contracts belong together, and what these agree on.
 */
import { z } from 'zod';
import { setFact } from '../connection/facts';
import { factName } from '../connection/records';
import {
  contractDescriptionSchema,
  describeContract,
  type ContractDescription,
  type Description,
} from '../contract/description';
import { counterpartOf, pairOf, type Pair } from '../contract/pair';
import type { Contract } from '../contract/records';
import { PeerUnavailable } from './context';
import { openConnection, type OpenConnection } from './open-connection';
import { remoteOf } from './remote';
import { policyName } from './rules';
import type { Met, SyncPorts } from './sync-ports';

/** What the other side has last told, by the connection's fact. */
const toldSchema = z.object({
  /** ms since the epoch. */
  at: z.number(),
  contracts: z.array(contractDescriptionSchema),
});
export type Told = z.infer<typeof toldSchema>;

type Ports = Pick<SyncPorts, 'site' | 'stores' | 'contracts' | 'sources'>;

/** A contract as the other side is told of it, seen from the two ends of its connection. */
export const describeOwn = (
  { site }: Pick<SyncPorts, 'site'>,
  { remoteSite = '' }: OpenConnection['record'],
  contract: Contract,
): ContractDescription => describeContract(contract, policyName(contract, { site, remoteSite }));

const describeAll = (ports: Pick<SyncPorts, 'site'>, connection: OpenConnection): Description => ({
  contracts: connection.contracts.map((one) => describeOwn(ports, connection.record, one)),
});

/** `undefined`: it has told nothing yet. One read. */
export async function toldOf(
  { facts }: SyncPorts['stores'],
  connection: string,
): Promise<Told | undefined> {
  return toldSchema.safeParse(await facts.find(factName.told(connection))).data;
}

/**
 * Asks the remote, and tells it of ours. Four reads of the store and one write; where the contracts are not as they
 * were, a transaction more.
 *
 * @throws PeerUnavailable where nothing was heard; nothing is changed then
 */
export async function describe(ports: SyncPorts, id: string): Promise<void> {
  let connection = await openConnection(ports, id);
  if (!connection || connection.record.passive) return;
  if (connection.record.remoteSite === undefined) {
    // Nothing is told to a site that is not known yet.
    await remoteOf(ports, connection).describe({ contracts: [] });
    connection = await openConnection(ports, id);
    if (!connection) return;
  }
  const theirs = await remoteOf(ports, connection).describe(describeAll(ports, connection));
  await take(ports, connection, theirs);
}

/** As `describe`, for who goes on without it: what the remote does not tell now is asked for again. */
export async function tryToDescribe(ports: SyncPorts, id: string): Promise<void> {
  try {
    await describe(ports, id);
  } catch (error) {
    if (!(error instanceof PeerUnavailable)) throw error;
  }
}

/** The endpoint's side. */
export async function answerDescribe(
  ports: Ports,
  { connectionId, from }: { connectionId: string; from: string },
  theirs: Description,
): Promise<Description> {
  const stored = await openConnection(ports, connectionId);
  if (!stored) return { contracts: [] };
  const connection = { ...stored, record: { ...stored.record, remoteSite: from } };
  await take(ports, connection, theirs);
  return describeAll(ports, connection);
}

/** Keeps what was told, and what it means for our contracts. */
async function take(ports: Ports, connection: OpenConnection, theirs: Description): Promise<void> {
  const { stores, sources, contracts } = ports;
  const { contracts: told } = theirs;
  const value: Told = { at: sources.now(), contracts: told };
  await setFact(stores, connection.id, factName.told(connection.id), value);
  const met = meetAll(ports, connection, told);
  if (met.length > 0) await contracts.meet(connection.id, met);
}

/** What is not as it was. */
function meetAll(
  ports: Pick<SyncPorts, 'site'>,
  { record, contracts }: OpenConnection,
  theirs: readonly ContractDescription[],
): Met[] {
  return contracts.flatMap((contract): Met[] => {
    const other = counterpartOf(contract, contracts, theirs);
    if (!other) return [];
    const pair = pairWith(ports, record, contract, other);
    const isSame = contract.remote === other.id && contract.pair?.hash === pair.hash;
    return isSame ? [] : [{ contract: contract.id, remote: other.id, pair }];
  });
}

/** A contract of ours that was changed, with what it agrees on now with the one it is bound to, as that was last told. */
export function withPair<C extends Contract>(
  ports: Pick<SyncPorts, 'site'>,
  record: OpenConnection['record'],
  contract: C,
  told: Told | undefined,
): C {
  const other = told?.contracts.find(({ id }) => id === contract.remote);
  return other ? { ...contract, pair: pairWith(ports, record, contract, other) } : contract;
}

function pairWith(
  ports: Pick<SyncPorts, 'site'>,
  record: OpenConnection['record'],
  contract: Contract,
  other: ContractDescription,
): Pair {
  const here = { site: ports.site, contract: describeOwn(ports, record, contract) };
  return pairOf(here, { site: record.remoteSite ?? '', contract: other });
}
