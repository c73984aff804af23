/** The remote part of Test: does the other site answer, and does it know us? */
import type { PingOutcome } from '../../wire/client';
import { PROTOCOL, type PingAnswer } from '../../wire/messages';
import { explainNoAnswer, SEEN_ALL_THE_SAME } from './no-answer';
import { failed, passed, skipped, warning, type Check, type RemoteCheckId } from './report';
import { ASK_FOR_CLOCK, ASK_THE_ADMIN, UPDATE_OLDER, type RemoteSubject } from './remote-subject';

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

/** Why the remote part is skipped on a passive side, and what is known all the same. */
export function passiveChecks(lastAcceptedAt: string | undefined): Check[] {
  return [
    skipped(
      'remote-passive',
      lastAcceptedAt === undefined
        ? 'Skipped: this side is passive, so it never calls out. Nothing has called yet; if the other side is passive too, nothing will move.'
        : `Skipped: this side is passive, so it never calls out. The last request was accepted at ${lastAcceptedAt}, or within the hour after it.`,
    ),
  ];
}

/** An active connection without a key: it can only have been lost from the store. */
export const NO_REMOTE_KEY: Check = failed(
  'remote-key',
  'The Remote Authentication Key is not stored (any more).',
  'Edit the connection and enter it again.',
);

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
  const told = explainNoAnswer(outcome, subject);
  const seen = SEEN_ALL_THE_SAME[outcome.kind] ?? {};
  return IN_ORDER.map((id) => {
    if (id === told.id) return told;
    const detail = seen[id];
    return detail === undefined
      ? skipped(id, `Could not be seen, because of “${told.title}”.`)
      : passed(id, detail);
  });
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
        ASK_FOR_CLOCK,
      );
}
