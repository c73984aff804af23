/**
 * Every change of a stored connection goes through here: read, decide, commit under the condition that
 * nobody else committed meanwhile, and begin again where somebody did.
 */
import type { Change, ConnectionStores } from './ports';
import { getConnection, type StoredConnection } from './read-connection';
import type { ConnectionRecord } from './records';
import { CHANGED_MEANWHILE, Refusal } from './refusal';
import { cleanUp, type Place } from './reservations';

const ATTEMPTS = 5;

/** A record before its revision is counted. */
export type Unrevised = Omit<ConnectionRecord, 'revision'>;

export interface Decision {
  /** The new record. `undefined` removes the connection. */
  record: Unrevised | undefined;
  /** What must change together with it. */
  also?: Change[];
  /** What was reserved for it: taken back, with its secrets, where the commit does not come through. */
  reserved?: Place[];
  /** What it gives up in `also`: cleared up once the commit has come through. */
  abandoned?: Place[];
}

/**
 * @param decide what to store, given what is stored; may be asked again with a newer record. `undefined`
 *   leaves it as it is
 * @returns the stored connection; of one that was removed, as it last was
 * @throws Refusal `not-found`, `changed-meanwhile`, or what `decide` throws
 */
export async function changeConnection(
  stores: ConnectionStores,
  id: string,
  decide: (connection: StoredConnection) => Promise<Decision | undefined> | Decision | undefined,
): Promise<StoredConnection> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const connection = await getConnection(stores, id);
    const { revision } = connection.record;
    const decision = await decide(connection);
    if (decision === undefined) return connection;
    const record = decision.record && { ...decision.record, revision: revision + 1 };
    const undo = (): Promise<void> => cleanUpAll(stores, id, decision.reserved);
    let committed: boolean;
    try {
      committed = await stores.records.commit([
        { entity: 'connection', key: id, value: record, when: { revision } },
        ...(decision.also ?? []),
        ...(await followersOf(stores, connection, decision.record)),
      ]);
    } catch (error) {
      // The answer may be lost although the commit came through: look before undoing anything.
      const stored = await stores.records.find('connection', id);
      if (stored?.revision === revision) await undo();
      throw error;
    }
    if (committed) {
      await cleanUpAll(stores, id, decision.abandoned);
      return { id, record: record ?? connection.record };
    }
    await undo();
  }
  throw new Refusal([CHANGED_MEANWHILE]);
}

/** Nothing follows what leaves the Local User and the direction of calls as they are. */
async function followersOf(
  stores: ConnectionStores,
  { id, record }: StoredConnection,
  next: Unrevised | undefined,
): Promise<Change[]> {
  const isSame = next?.localUser === record.localUser && next.passive === record.passive;
  return record.contractsRevision === undefined || isSame ? [] : stores.follow(id, record, next);
}

async function cleanUpAll(
  stores: ConnectionStores,
  id: string,
  places: Place[] = [],
): Promise<void> {
  for (const place of places) await cleanUp(stores, id, place);
}
