/** Runs the test of a connection, stored or not: both parts at once, each call bounded. */
import type { JiraClient, TimeBudget } from '../../jira/client';
import { RESOLVER_TIME_MS } from '../../limits';
import { keyIdOf } from '../../wire/authentication-key';
import { hmacSha256 } from '../../wire/signature';
import { ping, type PingOutcome, type Transport } from '../../wire/client';
import type { LocalUser } from '../draft';
import { confirmRemoteSite } from '../remote-site';
import type { ConnectionStores, Sources } from '../ports';
import { factName } from '../records';
import { throughAlternativeBase } from '../remote-url';
import { checkLocalUserInFull } from './internal-checks';
import { parseLastTest, type LastTest } from './last-test';
import { NO_LOCAL_KEY, ownEndpointCheck, withProbeKey } from './own-endpoint';
import { NO_REMOTE_KEY, passiveChecks, remoteChecks } from './remote-checks';
import { resultOf, type Check, type TestReport } from './report';

/** What is tested: a stored connection, one with unsaved edits, or a draft. */
export interface TestSubject {
  /** Of a stored connection, edited or not. */
  connectionId: string | undefined;
  /** Whether the stored one is tested as it is: only then the report is kept. */
  asStored: boolean;
  localUser: LocalUser;
  remoteUrl: string | undefined;
  /** `not stored`: not yet; `stored: undefined`: it should be, but is not. */
  localKey: { stored: string | undefined } | 'not stored';
  /** The remote's site id, where a verified contact has told it. */
  remoteSite: string | undefined;
  remoteKey: string | undefined;
  previousRemoteKey: string | undefined;
  passive: boolean;
  alternativeBaseUrl: string | undefined;
}

export interface TestPorts {
  stores: ConnectionStores;
  sources: Sources;
  jira: JiraClient;
  transport: Transport;
  siteId: string;
  endpointUrl: string;
  callerId: string;
  /** When the call began that asks for the test, in ms since the epoch. */
  startedAt: number;
}

/** One call over HTTP takes at most this long. */
const CALL_TIMEOUT_MS = 10_000;
/** What storing takes at the end, on a platform that is slow. */
const STORE_TIME_MS = 5_000;
/** The report must be there so long after the call began: well before the platform ends the resolver. */
const REPORT_TIMEOUT_MS = RESOLVER_TIME_MS - 5_000;

export async function runTest(subject: TestSubject, ports: TestPorts): Promise<TestReport> {
  const { stores, sources, jira } = ports;
  const started = sources.now();
  const time = { now: () => sources.now(), deadline: ports.startedAt + REPORT_TIMEOUT_MS };
  const [localUser, ownEndpoint, remote] = await Promise.all([
    checkLocalUserInFull(
      stores,
      jira,
      {
        localUser: subject.localUser,
        connectionId: subject.connectionId,
        callerId: ports.callerId,
      },
      time,
    ),
    callOwnEndpoint(subject, ports, time),
    callRemote(subject, ports, time),
  ]);
  const report: TestReport = {
    startedAt: new Date(started).toISOString(),
    durationMs: sources.now() - started,
    internal: [...localUser, ownEndpoint],
    remote: remote.checks,
  };
  if (hasTimeToStore(time)) await remember(subject, ports, report, remote.accepted);
  return report;
}

async function callOwnEndpoint(
  subject: TestSubject,
  ports: TestPorts,
  time: TimeBudget,
): Promise<Check> {
  const url = throughAlternativeBase(ports.endpointUrl, subject.alternativeBaseUrl);
  const call = (key: string): Promise<PingOutcome> =>
    ping(
      { url, key, siteId: ports.siteId, remoteSiteId: ports.siteId, timeoutMs: timeLeft(time) },
      pingPorts(ports),
    );
  const { localKey } = subject;
  const isDraft = localKey === 'not stored';
  const key = isDraft ? undefined : localKey.stored;
  if (!isDraft && key === undefined) return NO_LOCAL_KEY;
  const outcome =
    key === undefined
      ? await withProbeKey(ports.stores.secrets, ports.sources, call)
      : await call(key);
  return ownEndpointCheck(outcome, url, ports.siteId, subject.alternativeBaseUrl !== undefined);
}

async function callRemote(
  subject: TestSubject,
  ports: TestPorts,
  time: TimeBudget,
): Promise<{ checks: Check[]; accepted?: LastTest['accepted'] }> {
  const { stores, sources, siteId } = ports;
  const { connectionId, remoteUrl: url, remoteKey: key } = subject;
  const { lastTest, lastAcceptedAt } = await formerContact(subject, ports);
  const before = lastTest?.accepted;
  if (subject.passive) return { checks: passiveChecks(lastAcceptedAt), accepted: before };
  if (url === undefined || key === undefined) return { checks: [NO_REMOTE_KEY] };
  const outcome = await ping(
    {
      url,
      key,
      previousKey: subject.previousRemoteKey,
      siteId,
      remoteSiteId: subject.remoteSite,
      timeoutMs: timeLeft(time),
    },
    pingPorts(ports),
  );
  const keyId = keyIdOf(key);
  const isSame = before?.url === url && before.keyId === keyId;
  const checks = remoteChecks(outcome, {
    remoteUrl: url,
    siteId,
    knownSiteId: subject.remoteSite,
    acceptedUntil: isSame ? before.at : undefined,
  });
  if (outcome.kind !== 'answer' || outcome.usedPreviousKey) return { checks, accepted: before };
  const isOther = outcome.siteId !== siteId;
  if (connectionId !== undefined && subject.asStored && isOther && hasTimeToStore(time)) {
    await confirmRemoteSite(stores, connectionId, outcome.siteId, url);
  }
  return { checks, accepted: { at: new Date(sources.now()).toISOString(), url, keyId } };
}

/** Where time runs out, the report is worth more than its being remembered. */
function hasTimeToStore(time: TimeBudget): boolean {
  return time.now() < time.deadline - STORE_TIME_MS;
}

/** One call over HTTP, and no longer than the report may take. */
function timeLeft(time: TimeBudget): number {
  return Math.max(1, Math.min(CALL_TIMEOUT_MS, time.deadline - time.now()));
}

function pingPorts({ sources, transport }: TestPorts): Parameters<typeof ping>[1] {
  return { now: () => sources.now(), newId: () => sources.newId(), hmac: hmacSha256, transport };
}

/** What earlier contacts left. */
async function formerContact(
  { connectionId }: TestSubject,
  { stores }: TestPorts,
): Promise<{ lastTest: LastTest | undefined; lastAcceptedAt: string | undefined }> {
  if (connectionId === undefined) return { lastTest: undefined, lastAcceptedAt: undefined };
  const [lastTest, seen] = await Promise.all([
    stores.facts.find(factName.lastTest(connectionId)),
    stores.facts.find(factName.seen(connectionId)),
  ]);
  return {
    lastTest: parseLastTest(lastTest),
    lastAcceptedAt: typeof seen === 'string' ? seen : undefined,
  };
}

async function remember(
  { connectionId, asStored }: TestSubject,
  { stores }: TestPorts,
  report: TestReport,
  accepted: LastTest['accepted'],
): Promise<void> {
  if (connectionId === undefined || !asStored) return;
  const lastTest: LastTest = {
    at: report.startedAt,
    result: resultOf(report),
    ...(accepted === undefined ? {} : { accepted }),
  };
  await stores.facts.set(factName.lastTest(connectionId), lastTest);
  // Removed while the test ran: nothing of it must stay.
  if ((await stores.records.find('connection', connectionId)) === undefined) {
    await stores.facts.delete(factName.lastTest(connectionId));
  }
}
