/** Asking a passive remote for what it has, and doing it. */
import { z } from 'zod';
import type { StoredConnection } from '../connection/read-connection';
import { setFact } from '../connection/facts';
import { factName } from '../connection/records';
import { applyAndWake } from './apply-messages';
import { PeerUnavailable } from './context';
import { tryToDescribe } from './describe';
import type { CollectedResult } from './exchange-schema';
import { isOfAnotherPair } from './messages';
import { openConnection } from './open-connection';
import { remoteOf } from './remote';
import type { SyncPorts } from './sync-ports';
import { delayed, type DelayedWake, type Wake } from './queue';

type Poll = Extract<Wake, { kind: 'poll' }>;

/** Messages that are taken at a time. */
const WANTED = 20;

/** After that nothing more is asked for: the function is ended at 300 s. */
const COLLECT_MS = 200_000;

/**
 * Collects until the remote has no more, each time handing back what became of the messages before. What cannot
 * be handed back is offered again, and nothing is done twice.
 *
 * Costs three reads of the store where the remote has nothing.
 */
export async function poll(
  ports: SyncPorts,
  { connection: id, follows = false }: Poll,
): Promise<void> {
  let connection = await openConnection(ports, id);
  if (!connection || !isPolled(connection)) return;
  const { sources, modes } = ports;
  const remote = remoteOf(ports, connection);
  const deadline = sources.now() + COLLECT_MS;
  let results: CollectedResult[] = [];
  let hasBrought = false;
  try {
    do {
      const want = sources.now() < deadline ? WANTED : 0;
      const answer = await remote.exchange({ results, messages: [], want });
      await modes.note(id, answer.mode, sources.now());
      const { messages } = answer;
      hasBrought ||= messages.length > 0;
      // The first answer of a remote tells which site it is.
      if (connection.record.remoteSite === undefined && messages.length > 0) {
        connection = await openConnection(ports, id);
        if (!connection) return;
      }
      const applied = await applyAndWake(ports, connection, messages, deadline);
      // Only this side can ask.
      if (applied.some(isOfAnotherPair)) {
        await tryToDescribe(ports, id);
        connection = await openConnection(ports, id);
        if (!connection) return;
      }
      results = messages.flatMap(({ issue, token }, at) => {
        const result = applied[at];
        return result ? [{ issue, token, result }] : [];
      });
    } while (results.length > 0);
  } catch (error) {
    if (!(error instanceof PeerUnavailable)) throw error;
  }
  await keepPolling(ports, id, !follows, hasBrought);
}

const isPolled = ({ record }: StoredConnection): boolean =>
  record.state === 'running' && !record.passive && record.remoteUrl !== undefined;

/** Where something has come, more follows: every 5 s for 2 minutes. */
const FAST_EVERY_MS = 5_000;
const FAST_FOR_MS = 120_000;

const pollsSchema = z.object({
  /** When a poll has last brought something, ms since the epoch. */
  broughtAt: z.number(),
  /** Up to when polls are in the queue already. */
  until: z.number(),
});

const NO_POLLS = { broughtAt: -Infinity, until: -Infinity };

/**
 * Only a regular poll makes others follow, all at once: polls that make polls would be one chain, which the
 * platform ends. One that follows only says that it has brought something.
 */
async function keepPolling(
  { stores, sources, queue }: SyncPorts,
  id: string,
  isRegular: boolean,
  hasBrought: boolean,
): Promise<void> {
  if (!isRegular && !hasBrought) return;
  const now = sources.now();
  const name = factName.polls(id);
  const known = pollsSchema.safeParse(await stores.facts.find(name)).data ?? NO_POLLS;
  const broughtAt = hasBrought ? now : known.broughtAt;
  const from = Math.max(now, known.until);
  const until = isRegular ? Math.max(known.until, broughtAt + FAST_FOR_MS) : known.until;
  const polls: DelayedWake[] = [];
  for (let at = from + FAST_EVERY_MS; at <= until; at += FAST_EVERY_MS) {
    polls.push(delayed({ kind: 'poll', connection: id, follows: true }, at - now));
  }
  if (polls.length > 0) await queue.push(polls);
  const isNews = hasBrought || polls.length > 0;
  // JSON has no infinity.
  if (isNews) await setFact(stores, id, name, { broughtAt, until: Math.max(until, 0) });
}
