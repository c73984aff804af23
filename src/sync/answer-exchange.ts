/** The endpoint's side of `exchange`: takes results and messages, and hands out what waits. */
import type { z } from 'zod';
import type { ConnectionEnd } from '../connection/records';
import { applyAndWake } from './apply-messages';
import { conclude, offer } from './deliver';
import type {
  CollectedResult,
  exchangeAnswerSchema,
  exchangeRequestSchema,
  SyncValue,
} from './exchange-schema';
import { contextForRow, postponeFailed } from './held-rows';
import type { IssueMessage } from './messages';
import { contextOf, openConnection, withContracts, type OpenConnection } from './open-connection';
import { linkKey, type OutboxRow } from './records';
import type { SyncPorts } from './sync-ports';

export type ExchangeRequest = z.infer<typeof exchangeRequestSchema>;
export type ExchangeAnswer = z.infer<typeof exchangeAnswerSchema>;

/** The platform ends a web trigger at 55 s: what is begun by then has 20 s left. */
const WORK_MS = 35_000;

/** Bytes of the messages in an answer, as they are written there; with results it stays below 4 MiB. */
const MAX_OFFERED_BYTES = 3 * 1024 * 1024;

/** Whose request it is, and the remote's site id. */
export interface ExchangeCaller {
  connectionId: string;
  from: string;
  /** Whether this side of the connection is. */
  passive: boolean;
  /** As the record of the caller's key says; read, where it does not. */
  end?: ConnectionEnd | undefined;
}

/**
 * A message about a known issue costs three calls of the store (the link, its lease, its commit) and two of Jira,
 * beside the two by which the caller is known; so does a new issue, and each of its comments one more of Jira.
 * Where nothing comes, one query.
 */
export async function answerExchange(
  { results, messages, want }: ExchangeRequest,
  { connectionId, from, passive, end }: ExchangeCaller,
  ports: SyncPorts,
): Promise<ExchangeAnswer> {
  const deadline = ports.sources.now() + WORK_MS;
  const mode = passive ? 'passive' : 'active';
  const due = want > 0 ? await ports.outbox.due(connectionId, ports.sources.now(), want + 1) : [];
  const isIdle = results.length + messages.length + due.length === 0;
  const known = end && { id: connectionId, record: { ...end, remoteSite: from } };
  const connection = isIdle
    ? undefined
    : known
      ? await withContracts(ports, known)
      : await openConnection(ports, connectionId);
  if (!connection) return { results: messages.map(() => REMOVED), messages: [], more: false, mode };
  for (const result of results) await concludeOne(ports, connection, result);
  const applied = await applyAndWake(ports, connection, messages, deadline);
  const offered = await offerRows(ports, connection, due.slice(0, want), deadline);
  const more = due.length > want || offered.isCut;
  return { results: applied, messages: offered.messages, more, mode };
}

/** The connection was removed while its request was on its way. */
const REMOVED = { outcome: 'deferred', reason: 'no-contract' } as const;

/** A result counts for the row that it names and for no other: a wrong one does nothing. */
async function concludeOne(
  ports: SyncPorts,
  connection: OpenConnection,
  { issue, token, result }: CollectedResult,
): Promise<void> {
  const row = await ports.store.find('outbox', linkKey(connection.id, issue));
  const contract = connection.contracts.find(({ id }) => id === row?.contract);
  if (row?.token !== token || !contract) return;
  try {
    await conclude(await contextOf(ports, connection, contract), issue, token, result);
  } catch (error) {
    // What fails for one issue must not hold the others back.
    if (!(await postponeFailed(ports, row, error))) ports.logUnexpected('a result', error);
  }
}

interface Offered {
  messages: IssueMessage<SyncValue>[];
  /** There was no time or no room for all. */
  isCut: boolean;
}

async function offerRows(
  ports: SyncPorts,
  connection: OpenConnection,
  rows: readonly OutboxRow[],
  deadline: number,
): Promise<Offered> {
  const messages: IssueMessage<SyncValue>[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (ports.sources.now() >= deadline) return { messages, isCut: true };
    const message = await offerOne(ports, connection, row);
    if (!message) continue;
    bytes += writtenBytes(message);
    // It comes again when it is due: handing out more than fits would be handing out nothing.
    if (messages.length > 0 && bytes > MAX_OFFERED_BYTES) return { messages, isCut: true };
    messages.push(message);
  }
  return { messages, isCut: false };
}

/** What fails for one issue must not hold the others back: it is due again, and keeps its place. */
async function offerOne(
  ports: SyncPorts,
  connection: OpenConnection,
  { issue }: OutboxRow,
): Promise<IssueMessage<SyncValue> | undefined> {
  // The query may lag: it may know nothing yet of what was concluded just now.
  const row = await ports.store.find('outbox', linkKey(connection.id, issue));
  if (!row || row.failed || row.nextAttempt > ports.sources.now()) return undefined;
  try {
    const context = await contextForRow(ports, connection, row);
    return context && (await offer(context, row));
  } catch (error) {
    if (!(await postponeFailed(ports, row, error))) ports.logUnexpected('an offer', error);
    return undefined;
  }
}

/** The payload is JSON in a text of JSON. */
const writtenBytes = (message: IssueMessage<SyncValue>): number =>
  Buffer.byteLength(JSON.stringify(JSON.stringify(message)), 'utf8');
