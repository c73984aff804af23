/** An event of Jira becomes a row of the outbox, for each connection that it concerns, before anything else happens. */
import type { ContractRoute, RoutesRecord } from '../contract/records';
import { markGone } from './gone';
import { isAwaited, newRow } from './outbox';
import type { Sources, Store } from './ports';
import type { Queue } from './queue';
import { linkKey, type LinkRecord, type OutboxRow } from './records';

/** What an event says, as far as it says it. */
export interface IssueEvent {
  kind: 'created' | 'changed' | 'commented' | 'comment-deleted' | 'deleted';
  /** Ids. */
  issue: string;
  project?: string;
  issueType?: string;
  /** Account id of who has caused it. */
  author?: string;
  /** The platform says that this app has. */
  isOwn: boolean;
  /** Id of the entry in Jira's changelog. */
  change?: string;
  comment?: string;
  /** The platform has told of it before, and that has come to nothing: perhaps nobody was woken up. */
  isRepeated?: boolean;
}

export interface EventPorts {
  store: Store;
  /** One read. */
  routes(): Promise<RoutesRecord | undefined>;
  /** Ids of all connections, paused ones too. Lags behind the writes. */
  connections: () => Promise<readonly string[]>;
  queue: Queue;
  sources: Sources;
}

/**
 * A change of a user costs two calls of the store, and one more for each further connection; so does an echo. A
 * deletion looks at the links of all connections. Of several events of one issue at once the first one wakes up.
 */
export async function recordEvent(event: IssueEvent, ports: EventPorts): Promise<void> {
  const { routes = [] } = (await ports.routes()) ?? {};
  const concerned = routes.filter((route) => concerns(route, event));
  const others = event.kind === 'deleted' ? await endOtherLinks(event.issue, concerned, ports) : [];
  const rows = await Promise.all(concerned.map((route) => record(route, event, ports)));
  const wakes = rows.flatMap((row, index) =>
    row && !concerned[index]?.passive ? [{ wake: { kind: 'deliver' as const, row } }] : [],
  );
  wakes.push(...others.map((row) => ({ wake: { kind: 'deliver' as const, row } })));
  if (wakes.length > 0) await ports.queue.push(wakes);
}

/**
 * A deleted issue ends its link whatever the contracts say, and wherever it was: also where they only receive, are
 * disabled, or are for another project by now. Whether the remote is told is seen when the row is dealt with.
 */
async function endOtherLinks(
  issue: string,
  concerned: readonly ContractRoute[],
  { connections, store, sources }: EventPorts,
): Promise<OutboxRow[]> {
  const rows: OutboxRow[] = [];
  for (const connection of await connections()) {
    if (concerned.some((route) => route.connection === connection)) continue;
    const link = await store.find('link', linkKey(connection, issue));
    if (!link) continue;
    const place = { connection, contract: link.contract, issue };
    const row = await markGone({ store, sources }, place);
    if (row) rows.push(row);
  }
  return rows;
}

/** Events need not name everything: what they leave open is looked up later. */
const concerns = (
  { project, issueTypes }: ContractRoute,
  { project: there, issueType }: IssueEvent,
): boolean =>
  (there === undefined || there === project) &&
  (issueType === undefined || issueTypes.includes(issueType));

/** @returns the row to wake up for */
async function record(
  { connection, contract, localUser }: ContractRoute,
  event: IssueEvent,
  { store, sources }: EventPorts,
): Promise<OutboxRow | undefined> {
  const place = { connection, contract, issue: event.issue };
  if (event.kind === 'deleted') return markGone({ store, sources }, place);
  const key = linkKey(connection, event.issue);
  if (event.isOwn || event.author === localUser) {
    const link = await store.find('link', key);
    if (link && isEcho(event, link)) return undefined;
  }
  const row = newRow(place, sources);
  const before = await store.put('outbox', key, row);
  return before && isAwaited(before, row.since) && !event.isRepeated ? undefined : row;
}

/** What this connection has written itself, and the link knows of. Whatever else the account does is looked at. */
function isEcho({ kind, change, comment }: IssueEvent, link: LinkRecord): boolean {
  switch (kind) {
    case 'created':
      // There is no link before the issue is, unless this connection has created it.
      return link.state === 'linked';
    case 'changed':
      return change !== undefined && link.echoes?.includes(change) === true;
    case 'commented':
      return comment !== undefined && link.comments?.[comment]?.owner === 'there';
    case 'comment-deleted':
      return comment !== undefined && link.comments?.[comment] === undefined;
    case 'deleted':
      return false;
  }
}
