/**
 * Every change of a stored connection goes through here: read, decide, commit under the condition that
 * nobody else committed meanwhile, and begin again where somebody did.
 */
import type { Change, ConnectionStores } from './ports';
import { getConnection, type StoredConnection } from './read-connection';
import type { ConnectionRecord } from './records';
import { changedMeanwhile } from './refusal';

const ATTEMPTS = 5;

export interface Decision {
  /** The new record; its revision is counted here. `undefined` removes the connection. */
  record: Omit<ConnectionRecord, 'revision'> | undefined;
  /** What must change together with it. */
  also?: Change[];
  /** Takes back what was written before a commit that did not come through. */
  undo?: () => Promise<void>;
}

/**
 * @param decide what to store, given what is stored; may be asked again with a newer record
 * @returns the stored connection; of one that was removed, as it last was
 * @throws Refusal `not-found`, `changed-meanwhile`, or what `decide` throws
 */
export async function changeConnection(
  stores: ConnectionStores,
  id: string,
  decide: (connection: StoredConnection) => Promise<Decision> | Decision,
): Promise<StoredConnection> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const connection = await getConnection(stores, id);
    const { revision } = connection.record;
    const decision = await decide(connection);
    const record = decision.record && { ...decision.record, revision: revision + 1 };
    let committed: boolean;
    try {
      committed = await stores.records.commit([
        { entity: 'connection', key: id, value: record, when: { revision } },
        ...(decision.also ?? []),
      ]);
    } catch (error) {
      // The answer may be lost although the commit came through: look before undoing anything.
      const stored = await stores.records.find('connection', id);
      if (stored?.revision === revision) await decision.undo?.();
      throw error;
    }
    if (committed) return { id, record: record ?? connection.record };
    await decision.undo?.();
  }
  throw changedMeanwhile();
}
