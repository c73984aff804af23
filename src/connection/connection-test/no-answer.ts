/** Why a ping of the remote brought no answer: each way in its own words, with what to do. */
import type { PingOutcome } from '../../wire/client';
import { failed, warning, type Check, type RemoteCheckId } from './report';
import {
  ASK_FOR_CLOCK,
  ASK_THE_ADMIN,
  LEADS_BACK,
  UPDATE_OLDER,
  type RemoteSubject,
} from './remote-subject';

/** What an answer that is not the one we want still shows. */
export const SEEN_ALL_THE_SAME: Partial<
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

/** The one check that says why there is no answer. */
export function explainNoAnswer(
  outcome: Exclude<PingOutcome, { kind: 'answer' }>,
  subject: RemoteSubject,
): Check {
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
      ASK_FOR_CLOCK,
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
  if (reason === 'own-site') return LEADS_BACK;
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
      return LEADS_BACK;
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
