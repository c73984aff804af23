/** Contracts that a warm process has read before: which revision is the newest the connection's record says. */
import type { Contract, ContractsRecord } from '../contract/records';

/** Connections whose contracts are kept. */
const MAX_KEPT = 50;

/** @param read strictly consistent */
export function cachedContracts(
  read: (connection: string) => Promise<ContractsRecord | undefined>,
): (connection: string, revision: number | undefined) => Promise<readonly Contract[]> {
  const kept = new Map<string, ContractsRecord>();
  return async (connection, revision) => {
    if (revision === undefined) return [];
    const known = kept.get(connection);
    if (known?.revision === revision) return known.contracts;
    const record = await read(connection);
    kept.delete(connection);
    if (!record) return [];
    kept.set(connection, record);
    for (const oldest of kept.keys()) {
      if (kept.size <= MAX_KEPT) break;
      kept.delete(oldest);
    }
    return record.contracts;
  };
}
