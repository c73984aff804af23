/**
 * Looking for what no event has told of: events get lost, and of a contract that is disabled none are recorded.
 * Runs once an hour for each contract that sends, and when one is enabled. What was looked at is known from its
 * link, so that nothing is sent again.
 */
import { z } from 'zod';
import { setFact } from '../connection/facts';
import { factName, type ConnectionRecord } from '../connection/records';
import type { Contract } from '../contract/records';
import { JiraError } from '../jira/client';
import type { SyncContext } from './context';
import type { SyncValue } from './exchange-schema';
import { contextOf, openConnection, type OpenConnection } from './open-connection';
import { newRow } from './outbox';
import type { UpdatedPage } from './ports';
import { delayed, type Wake } from './queue';
import { linkKey, type LinkRecord, type OutboxRow } from './records';
import type { SyncPorts } from './sync-ports';

type Scan = Extract<Wake, { kind: 'scan' }>;
type From = NonNullable<Scan['from']>;

/** Scans overlap by that much: Jira's index is behind at times, and clocks differ. */
const OVERLAP_MS = 60 * 60_000;

/** How far our clock and Jira's may be apart, as that of a signature: Jira counts back from its own. */
const CLOCKS_MS = 5 * 60_000;

/** What was changed before is not looked for, however long a contract was disabled. */
const LONGEST_MS = 30 * 24 * 60 * 60_000;

/** After that the rest is left to another wake-up: the function is ended at 300 s. */
const WORK_MS = 120_000;

/** Rows of one wake-up, about. Forge: Async events limits, 500 events a minute. */
const ROWS = 300;
const NEXT_PART_MS = 60_000;

/** Wake-ups of one scan: the platform ends a chain at a thousand. What is left is the next scan's. */
const PARTS = 50;

/** One read of the store for each issue that it finds, and nothing is written for what was looked at already. */
export async function scan(
  ports: SyncPorts,
  { connection: id, contract: contractId, from }: Scan,
): Promise<void> {
  const connection = await openConnection(ports, id);
  const contract = connection?.contracts.find((one) => one.id === contractId);
  if (!connection || !contract || !isScanned(connection.record, contract)) return;
  const context = await contextOf(ports, connection, contract);
  try {
    await scanFrom(ports, connection, context, from ?? (await start(ports, id, contract)));
  } catch (error) {
    // An hour later it begins where this one has.
    if (!isExpected(error)) throw error;
  }
}

const isScanned = ({ state }: ConnectionRecord, { enabled, direction }: Contract): boolean =>
  state === 'running' && enabled && direction !== 'receive';

const isExpected = (error: unknown): boolean =>
  error instanceof JiraError && ['unavailable', 'impersonation-refused'].includes(error.code);

const scansSchema = z.record(z.string(), z.number());

/** From where the last scan has come, and never from before the contract was there. */
async function start(
  { stores, sources }: SyncPorts,
  connection: string,
  { id, createdAt }: Contract,
): Promise<Omit<From, 'page'>> {
  const begunAt = sources.now();
  const scans = scansSchema.safeParse(await stores.facts.find(factName.scans(connection))).data;
  const since = Math.max(scans?.[id] ?? 0, Date.parse(createdAt), begunAt - LONGEST_MS);
  const minutes = Math.ceil((Math.max(begunAt - since, 0) + CLOCKS_MS) / 60_000);
  return { begunAt, since, minutes, parts: 1 };
}

async function scanFrom(
  ports: SyncPorts,
  connection: OpenConnection,
  context: SyncContext<SyncValue>,
  from: Omit<From, 'page'> & { page?: string },
): Promise<void> {
  const { sources, queue } = ports;
  const deadline = sources.now() + WORK_MS;
  let { page } = from;
  let last = from.since;
  let rows = 0;
  do {
    const found = await context.issues.updatedIn(from.minutes, page);
    rows += await record(ports, connection, context, found.issues, from.since);
    last = found.issues.at(-1)?.updatedAt ?? last;
    page = found.next;
  } while (page !== undefined && rows < ROWS && sources.now() < deadline);
  if (page !== undefined && from.parts < PARTS) {
    const { id: contract } = context.rules.contract;
    const next = { ...from, page, parts: from.parts + 1 };
    const wake = { kind: 'scan' as const, connection: connection.id, contract, from: next };
    return queue.push([delayed(wake, NEXT_PART_MS)]);
  }
  await remember(ports, connection, context, page === undefined ? from.begunAt - OVERLAP_MS : last);
}

/** @returns how many rows it has put */
async function record(
  { queue }: SyncPorts,
  { record: { passive } }: OpenConnection,
  context: SyncContext<SyncValue>,
  found: UpdatedPage['issues'],
  since: number,
): Promise<number> {
  const rows: OutboxRow[] = [];
  for (const one of found) {
    const row = await recordMissed(context, one, since);
    if (row) rows.push(row);
  }
  const wakes = rows.map((row) => ({ wake: { kind: 'deliver' as const, row } }));
  if (wakes.length > 0 && !passive) await queue.push(wakes);
  return rows.length;
}

/** A row that is there already stays: it is about the same issue. */
async function recordMissed(
  { connection, store, sources, rules }: SyncContext<SyncValue>,
  { issue, updatedAt }: UpdatedPage['issues'][number],
  since: number,
): Promise<OutboxRow | undefined> {
  const key = linkKey(connection, issue);
  const link = await store.find('link', key);
  const isMissed = link ? isBehind(link, updatedAt) : rules.createsTwins && updatedAt >= since;
  if (!isMissed) return undefined;
  const row = newRow({ connection, issue, contract: rules.contract.id }, sources);
  return (await store.create('outbox', key, row)) ? row : undefined;
}

/** Nothing is ever sent of what the remote does not want, or has deleted. */
const isBehind = ({ state, seenUntil = -Infinity }: LinkRecord, updatedAt: number): boolean =>
  (state === 'linked' || state === 'unlinked') && seenUntil < updatedAt;

/** @param since from when on the next scan looks */
async function remember(
  { stores }: SyncPorts,
  { id, contracts }: OpenConnection,
  { rules }: SyncContext<SyncValue>,
  since: number,
): Promise<void> {
  const name = factName.scans(id);
  const known = scansSchema.safeParse(await stores.facts.find(name)).data ?? {};
  const kept = Object.entries(known).filter(([one]) => contracts.some(({ id }) => id === one));
  await setFact(stores, id, name, { ...Object.fromEntries(kept), [rules.contract.id]: since });
}
