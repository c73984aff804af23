/** The remote part of Test: does the other site answer, and does it know us? */
import type { PingOutcome } from '../../wire/client';
import { PROTOCOL, type PingAnswer } from '../../wire/messages';
import { failed, passed, skipped, warning, type Check, type RemoteCheckId } from './report';

export interface RemoteSubject {
  remoteUrl: string;
  siteId: string;
  /** The remote's site id, if there was a verified contact before. */
  knownSiteId: string | undefined;
  /** When a test last saw our present key accepted (ISO 8601). */
  acceptedUntil: string | undefined;
}

/** Clocks further apart than this are told; above five minutes nothing is accepted any more. */
const MAX_SKEW_MS = 120_000;

const IN_ORDER = [
  'remote-reachable',
  'remote-key',
  'remote-signature',
  'remote-local-user',
  'remote-site',
  'remote-running',
  'remote-clock',
  'remote-protocol',
] as const satisfies RemoteCheckId[];

const UPDATE_OLDER = 'Update IssueSYNC on the site that has the older version.';
const ASK_THE_ADMIN =
  'Compare the Remote URL with the endpoint URL that IssueSYNC shows on the other site under “This site”.';

/** Why the remote part is skipped on a passive side, and what is known all the same. */
export function passiveChecks(lastAcceptedAt: string | undefined): Check[] {
  return [
    skipped(
      'remote-passive',
      lastAcceptedAt === undefined
        ? 'Skipped: this side is passive, so it never calls out. Nothing has called yet; if the other side is passive too, nothing will move.'
        : `Skipped: this side is passive, so it never calls out. The last request was accepted at ${lastAcceptedAt}.`,
    ),
  ];
}

/** What a ping of the remote says, check by check. */
export function remoteChecks(outcome: PingOutcome, subject: RemoteSubject): Check[] {
  return outcome.kind === 'answer'
    ? answerChecks(outcome, subject)
    : noAnswerChecks(outcome, subject);
}

function answerChecks(
  { answer, clockSkewMs, usedPreviousKey, siteId }: Extract<PingOutcome, { kind: 'answer' }>,
  subject: RemoteSubject,
): Check[] {
  return [
    passed('remote-reachable', `${new URL(subject.remoteUrl).hostname} answered.`),
    usedPreviousKey
      ? warning(
          'remote-key',
          'The remote accepts only the key before this one.',
          'Let the other admin save the new key there, or enter here the key that is accepted there.',
        )
      : passed('remote-key', 'The Remote Authentication Key is accepted.'),
    passed(
      'remote-signature',
      'The answer is signed with our common key and belongs to our request.',
    ),
    localUserCheck(answer),
    siteCheck(siteId, subject),
    answer.paused
      ? warning(
          'remote-running',
          'The connection is paused on the other site: changes are recorded there and wait.',
          'Ask the other admin to resume it.',
        )
      : passed('remote-running', 'The connection is running on the other site.'),
    clockCheck(clockSkewMs),
    protocolCheck(answer),
  ];
}

/** The check that did not pass says why; of the others only what was seen counts. */
function noAnswerChecks(
  outcome: Exclude<PingOutcome, { kind: 'answer' }>,
  subject: RemoteSubject,
): Check[] {
  const told = explain(outcome, subject);
  const seen = SEEN_ALL_THE_SAME[outcome.kind] ?? {};
  return IN_ORDER.map((id) => {
    if (id === told.id) return told;
    const detail = seen[id];
    return detail === undefined ? skipped(id, 'Could not be seen.') : passed(id, detail);
  });
}

/** What an answer that is not the one we want still shows. */
const SEEN_ALL_THE_SAME: Partial<
  Record<PingOutcome['kind'], Partial<Record<RemoteCheckId, string>>>
> = {
  'refused-unsigned': { 'remote-reachable': 'An IssueSYNC endpoint answered.' },
  'not-verified': { 'remote-reachable': 'Something answered in the form of IssueSYNC.' },
  refused: {
    'remote-reachable': 'An IssueSYNC endpoint answered.',
    'remote-key': 'The Remote Authentication Key is accepted.',
    'remote-signature': 'The answer is signed with our common key and belongs to our request.',
  },
};

function explain(outcome: Exclude<PingOutcome, { kind: 'answer' }>, subject: RemoteSubject): Check {
  switch (outcome.kind) {
    case 'blocked':
      return failed(
        'remote-reachable',
        'The platform does not let the app call this address: only endpoints of Forge apps are allowed.',
        ASK_THE_ADMIN,
      );
    case 'unreachable':
      return failed(
        'remote-reachable',
        'There was no connection to this address.',
        `${ASK_THE_ADMIN} If it is right, the other site may be down.`,
      );
    case 'timed-out':
      return failed(
        'remote-reachable',
        'The remote did not answer in time.',
        'Run the test again in a minute. If it stays, ask the other admin whether their site is slow or down.',
      );
    case 'http-status':
      return httpStatus(outcome.status);
    case 'not-issuesync':
      return failed(
        'remote-reachable',
        outcome.looksLike === 'html'
          ? `Something answered with a web page (status ${outcome.status}): a login page or a proxy, not IssueSYNC.`
          : `Something answered (status ${outcome.status}), but it is not IssueSYNC.`,
        ASK_THE_ADMIN,
      );
    case 'refused-unsigned':
      return refusedUnsigned(outcome, subject);
    case 'not-verified':
      return notVerified(outcome.reason);
    case 'refused':
      return refused(outcome);
  }
}

function httpStatus(status: number): Check {
  if (status === 424) {
    return failed(
      'remote-reachable',
      'IssueSYNC is not installed on the other site (any more): status 424.',
      'Ask the other admin to install it. After that its endpoint URL is a new one.',
    );
  }
  if (status === 404) {
    return failed(
      'remote-reachable',
      'There is no endpoint at this address: status 404.',
      `${ASK_THE_ADMIN} It changes when the app is installed anew.`,
    );
  }
  return failed(
    'remote-reachable',
    `The remote answered with status ${status}.`,
    'Run the test again in a minute. If it stays, tell the other admin this status.',
  );
}

function refusedUnsigned(
  { code, status, now }: Extract<PingOutcome, { kind: 'refused-unsigned' }>,
  { acceptedUntil }: RemoteSubject,
): Check {
  if (code === 'unauthenticated') {
    return acceptedUntil === undefined
      ? warning(
          'remote-key',
          'An IssueSYNC endpoint answered, but does not accept this key: the connection is not added there yet, or the keys differ. Not accepted yet is no error while the other side is not set up.',
          'When the other admin has added the connection, run the test again. If it stays, compare the keys: the Remote Authentication Key here is the Local Authentication Key there.',
        )
      : failed(
          'remote-key',
          `The remote accepted this key until ${acceptedUntil}, but not any more: it was changed or removed there.`,
          'Ask the other admin for the present Local Authentication Key of the connection, and enter it here as Remote Authentication Key.',
        );
  }
  if (code === 'stale-timestamp') {
    return failed(
      'remote-clock',
      `The clocks of the two sites are more than five minutes apart${thereItIs(now)}.`,
      'The clock that is wrong must be set. On Atlassian’s own platform that is Atlassian’s matter: contact support.',
    );
  }
  return failed(
    'remote-reachable',
    `An IssueSYNC endpoint answered, but refused the request (${code}, status ${status}).`,
    'Something between the two sites changes requests, or the two versions of IssueSYNC do not fit: update both.',
  );
}

/** The time there, unless it is none: an unsigned hint can hold anything. */
function thereItIs(now: number | undefined): string {
  const time = new Date(now ?? NaN);
  return Number.isNaN(time.getTime()) ? '' : `: there it is ${time.toISOString()}`;
}

function notVerified(reason: Extract<PingOutcome, { kind: 'not-verified' }>['reason']): Check {
  const seen = {
    unsigned: 'The answer is not signed.',
    'wrong-signature': 'The answer is signed with another key.',
    'other-request': 'The answer belongs to another request: it is an old one.',
    reflected: 'Our own request came back as the answer.',
    malformed: 'The answer is signed, but has not the form that it must have.',
  }[reason];
  return failed(
    'remote-signature',
    `${seen} An answer that cannot be verified is no answer.`,
    'Something between the two sites answers in the remote’s place (a proxy, a captive portal), or the Remote URL is wrong. Compare it with the endpoint URL on the other site.',
  );
}

function refused(outcome: Extract<PingOutcome, { kind: 'refused' }>): Check {
  switch (outcome.code) {
    case 'wrong-site':
      return failed(
        'remote-site',
        'The remote is not the site that this connection was made with, or it takes us for another site.',
        'If one of the sites was replaced, remove the connection on both sides and add it anew.',
      );
    case 'self':
      return failed('remote-site', 'The Remote URL leads back to this site.', ASK_THE_ADMIN);
    case 'protocol':
      return failed(
        'remote-protocol',
        'The two sites speak no common protocol version.',
        UPDATE_OLDER,
      );
    default:
      return failed(
        'remote-protocol',
        `The remote understood the key, but refused the request (${outcome.code}).`,
        'Update IssueSYNC on both sites, then run the test again.',
      );
  }
}

function localUserCheck({ localUser }: PingAnswer): Check {
  const id = 'remote-local-user';
  const there = 'Ask the other admin to run Test connection there: it says what to do.';
  switch (localUser) {
    case 'ok':
      return passed(id, 'The remote says that its Local User is in order.');
    case 'missing':
      return failed(id, 'The Local User there does not exist.', there);
    case 'inactive':
      return failed(id, 'The Local User there is deactivated.', there);
    case 'not-impersonated':
      return failed(id, 'The app there cannot act as its Local User.', there);
    case 'missing-permission':
      return failed(id, 'The Local User there lacks a permission that it needs.', there);
    case 'unknown':
      return warning(
        id,
        'The remote could not find out in time.',
        'Run the test again in a minute.',
      );
  }
}

function siteCheck(siteId: string, { siteId: ownId, knownSiteId }: RemoteSubject): Check {
  if (siteId === ownId) {
    return failed('remote-site', 'The Remote URL leads back to this site.', ASK_THE_ADMIN);
  }
  if (knownSiteId !== undefined && knownSiteId !== siteId) {
    return failed(
      'remote-site',
      `Another site answered (${siteId}) than the one that this connection was made with (${knownSiteId}).`,
      'If the other site was replaced, remove the connection on both sides and add it anew.',
    );
  }
  return passed(
    'remote-site',
    knownSiteId === undefined
      ? `It is the site ${siteId}; from now on only this one is accepted.`
      : `It is the site ${siteId}, as before.`,
  );
}

function protocolCheck({ protocols }: PingAnswer): Check {
  return protocols.includes(PROTOCOL)
    ? passed('remote-protocol', `Both sides speak protocol version ${PROTOCOL}.`)
    : failed(
        'remote-protocol',
        `This side speaks protocol version ${PROTOCOL}, the remote ${protocols.join(', ')}.`,
        UPDATE_OLDER,
      );
}

function clockCheck(skewMs: number): Check {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return Math.abs(skewMs) < MAX_SKEW_MS
    ? passed('remote-clock', `The clocks are ${seconds} s apart.`)
    : warning(
        'remote-clock',
        `The clocks are ${seconds} s apart. Above 5 minutes the sites refuse each other.`,
        'The clock that is wrong must be set. On Atlassian’s own platform that is Atlassian’s matter: contact support.',
      );
}
