/** The other side of a connection, called by us. */
import type { z } from 'zod';
import { explainNoAnswer } from '../connection/connection-test/no-answer';
import type { StoredConnection } from '../connection/read-connection';
import { secretName } from '../connection/records';
import { confirmRemoteSite } from '../connection/remote-site';
import { descriptionSchema, type Description } from '../contract/description';
import { callRemote, type CallOutcome } from '../wire/client';
import type { Op } from '../wire/messages';
import type { ExchangeAnswer, ExchangeRequest } from './answer-exchange';
import { PeerUnavailable } from './context';
import { exchangeAnswerSchema } from './exchange-schema';
import { HELD } from './held-rows';
import type { SyncPorts } from './sync-ports';

export interface Remote {
  /** @throws PeerUnavailable where no verified answer came: nothing is known then */
  exchange(request: ExchangeRequest): Promise<ExchangeAnswer>;
  /** Tells it of our contracts, and hears of its. */
  describe(ours: Description): Promise<Description>;
}

/** The remote works for 35 s and is ended at 55. */
const EXCHANGE_TIMEOUT_MS = 55_000;

/** Somebody may wait for it, at a page that the platform ends after 25 s, and the first time there are two calls. */
const DESCRIBE_TIMEOUT_MS = 10_000;

/** The keys are read once, when the first request is sent. */
export function remoteOf(ports: SyncPorts, connection: StoredConnection): Remote {
  let keys: Promise<RemoteKeys> | undefined;
  const call = async <T>(
    op: Exclude<Op, 'ping'>,
    request: object,
    schema: z.ZodType<T>,
    timeoutMs: number,
  ): Promise<T> => {
    const { remoteUrl: url, remoteSite: remoteSiteId } = connection.record;
    if (url === undefined) throw new PeerUnavailable(HELD['no-url']);
    keys ??= readKeys(ports, connection);
    const { key, previousKey } = await keys;
    if (key === undefined) throw new PeerUnavailable(HELD['no-key']);
    const { site: siteId, wire } = ports;
    const options = { url, key, previousKey, siteId, remoteSiteId, timeoutMs };
    const outcome = await callRemote(op, { ...request }, schema, options, wire);
    if (outcome.kind !== 'answer') throw unavailable(outcome, url, ports, connection);
    await checkSite(ports, connection, outcome.siteId, url);
    return outcome.answer;
  };
  return {
    exchange: async (request) => {
      const answer = await call('exchange', request, exchangeAnswerSchema, EXCHANGE_TIMEOUT_MS);
      const { results, messages } = answer;
      if (results.length !== request.messages.length || messages.length > request.want) {
        throw new PeerUnavailable('The answer of the other site is not one to what it was asked.');
      }
      return answer;
    },
    describe: (ours) => call('describe', ours, descriptionSchema, DESCRIBE_TIMEOUT_MS),
  };
}

interface RemoteKeys {
  key: string | undefined;
  previousKey: string | undefined;
}

async function readKeys(
  { stores }: SyncPorts,
  { id, record }: StoredConnection,
): Promise<RemoteKeys> {
  const find = async (keyId: string | undefined) =>
    keyId === undefined ? undefined : stores.secrets.find(secretName.remoteKey(id, keyId));
  const [key, previousKey] = await Promise.all([
    find(record.remoteKeyId),
    find(record.previousRemoteKeyId),
  ]);
  return { key, previousKey };
}

/** Nothing of an answer counts before it is known that it is the remote's. */
async function checkSite(
  { stores, site }: SyncPorts,
  { id, record }: StoredConnection,
  answered: string,
  url: string,
): Promise<void> {
  const isRemote =
    record.remoteSite === undefined
      ? answered !== site && (await confirmRemoteSite(stores, id, answered, url))
      : record.remoteSite === answered;
  if (!isRemote) throw new PeerUnavailable(HELD['another-site']);
}

/** In the words of Test. */
function unavailable(
  outcome: Exclude<CallOutcome<never>, { kind: 'answer' }>,
  remoteUrl: string,
  { site: siteId }: SyncPorts,
  { record }: StoredConnection,
): PeerUnavailable {
  const retryAfterMs =
    outcome.kind === 'refused' && outcome.retryAfterSeconds !== undefined
      ? outcome.retryAfterSeconds * 1000
      : undefined;
  const knownSiteId = record.remoteSite;
  const code = outcome.kind === 'refused' ? outcome.code : undefined;
  const reason =
    code === 'paused'
      ? HELD['paused-there']
      : code === 'unknown-op'
        ? HELD['older-app']
        : explainNoAnswer(outcome, { remoteUrl, siteId, knownSiteId, acceptedUntil: undefined })
            .detail;
  return new PeerUnavailable(reason, retryAfterMs);
}
