/** Rows of the outbox that nothing can be done about now: they stay, with the reason in words for an admin. */
import type { ConnectionEnd } from '../connection/records';
import { JiraError } from '../jira/client';
import type { SyncContext } from './context';
import { dropRow, postpone } from './outbox-rows';
import type { SyncValue } from './exchange-schema';
import { contextOf, type OpenConnection } from './open-connection';
import type { OutboxRow } from './records';
import type { SyncPorts } from './sync-ports';

export const HELD = {
  paused: 'The connection is paused.',
  'paused-there': 'The connection is paused on the other site.',
  disabled: 'The contract is disabled.',
  'older-app': 'The other site runs an older version of the app: update it there.',
  'no-url': 'The connection has no Remote URL.',
  'no-key': 'The connection has no Remote Authentication Key.',
  'another-site':
    'Another site answers at the Remote URL than the one that this connection was made with.',
  'jira-unavailable': 'Jira does not answer.',
  'local-user': 'The app may not act as the Local User: test the connection.',
  unexpected: 'Something unexpected happened: the log of the app has the details.',
} as const;

/** What the engine needs for a row. `undefined`: it is dealt with, or has to wait. */
export async function contextForRow(
  ports: SyncPorts,
  connection: OpenConnection,
  row: OutboxRow,
): Promise<SyncContext<SyncValue> | undefined> {
  const contract = connection.contracts.find(({ id }) => id === row.contract);
  if (!contract) return dropRow(ports, row);
  const held = heldBy(connection.record) ?? (contract.enabled ? undefined : HELD.disabled);
  if (held !== undefined) return postpone(ports, row, held, 'above');
  return contextOf(ports, connection, contract);
}

const heldBy = ({ state }: ConnectionEnd): string | undefined =>
  state === 'paused' ? HELD.paused : undefined;

/** Puts a row off that this site could not deal with. @returns whether that was to be expected */
export async function postponeFailed(
  ports: SyncPorts,
  row: OutboxRow,
  error: unknown,
): Promise<boolean> {
  const code = error instanceof JiraError ? error.code : undefined;
  const isExpected = code === 'unavailable' || code === 'impersonation-refused';
  const reason =
    code === 'unavailable' ? 'jira-unavailable' : isExpected ? 'local-user' : 'unexpected';
  await postpone(ports, row, HELD[reason], isExpected ? 'above' : 'issue');
  return isExpected;
}
