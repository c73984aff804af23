/** A stored connection as the admin page sees it: no key, nothing internal. */
import type { ListedConnection } from '../../connection/read-connection';
import { localUserOf } from '../../connection/records';
import { parseLastTest } from '../../connection/connection-test/last-test';
import type { ConnectionView } from './api';

/** @param contracts how many it has */
export function viewOf(
  { id, record, lastAcceptedAt, lastTest }: ListedConnection,
  contracts: number,
): ConnectionView {
  const test = parseLastTest(lastTest);
  return {
    id,
    name: record.name,
    localUser: localUserOf(record),
    remoteUrl: record.remoteUrl ?? null,
    hasRemoteKey: record.remoteKeyId !== undefined,
    passive: record.passive,
    alternativeBaseUrl: record.alternativeBaseUrl ?? null,
    state: record.state,
    contracts,
    ...(record.rotationEndsAt === undefined ? {} : { rotationEndsAt: record.rotationEndsAt }),
    ...(lastAcceptedAt === undefined ? {} : { lastAcceptedAt }),
    ...(test === undefined ? {} : { lastTest: { at: test.at, result: test.result } }),
  };
}
