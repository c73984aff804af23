/**
 * Does this site reach its own endpoint? The web trigger is another invocation and reads only what is
 * stored, so a draft that is not stored yet is tested with a probe: a key for this one call.
 */
import { generateKey, keyIdOf } from '../../wire/authentication-key';
import type { PingOutcome } from '../../wire/client';
import { PROBE_LIFETIME_MS } from '../find-caller';
import type { Secrets, Sources } from '../ports';
import { secretName } from '../records';
import { failed, passed, type Check } from './report';

/** Calls with a key that may only ping, and only us; it is deleted after the call, come what may. */
export async function withProbeKey<T>(
  secrets: Secrets,
  sources: Sources,
  call: (key: string) => Promise<T>,
): Promise<T> {
  const key = generateKey((size) => sources.randomBytes(size));
  const name = secretName.probe(keyIdOf(key));
  const probe = JSON.stringify({ key, expiresAt: sources.now() + PROBE_LIFETIME_MS });
  await secrets.set(name, probe, PROBE_LIFETIME_MS / 1000);
  try {
    return await call(key);
  } finally {
    await secrets.delete(name);
  }
}

/** A stored connection without its key: it can only have been lost from the store. */
export const NO_LOCAL_KEY: Check = failed(
  'own-endpoint',
  'The Local Authentication Key is not stored (any more): nothing gets in.',
  'Edit the connection and replace the key.',
);

const ONLY_HTTPS = 'Forge lets apps call only https on port 443 of allowed hosts.';

/** What the self-call says. */
export function ownEndpointCheck(
  outcome: PingOutcome,
  calledUrl: string,
  siteId: string,
  isAlternative: boolean,
): Check {
  const id = 'own-endpoint';
  const at = `${new URL(calledUrl).origin}${isAlternative ? ' (Alternative Base URL)' : ''}`;
  const fix = isAlternative
    ? 'Correct the Alternative Base URL, or leave it empty.'
    : 'Run the test again in a minute. If this site’s public address does not work from inside, enter an Alternative Base URL.';
  switch (outcome.kind) {
    case 'answer':
      return outcome.siteId === siteId
        ? passed(id, `It answered at ${at}, and accepted our key.`)
        : failed(id, `Another site answered at ${at}.`, fix);
    case 'blocked':
      return failed(
        id,
        `The platform does not let the app call ${at}. ${isAlternative ? ONLY_HTTPS : ''}`.trim(),
        isAlternative
          ? 'Leave the Alternative Base URL empty, unless this site’s endpoint has a second address of that kind.'
          : fix,
      );
    case 'unreachable':
      return failed(id, `There was no connection to ${at}.`, fix);
    case 'timed-out':
      return failed(id, `${at} did not answer in time.`, fix);
    case 'http-status':
      return failed(id, `${at} answered with status ${outcome.status}.`, fix);
    case 'not-issuesync':
      return failed(id, `Something answered at ${at}, but it is not IssueSYNC.`, fix);
    case 'not-verified':
      return failed(id, `Something answered at ${at} in our place: the answer is not ours.`, fix);
    case 'refused-unsigned':
    case 'refused':
      return failed(
        id,
        `An IssueSYNC endpoint answered at ${at}, but refused our key (${outcome.code}).`,
        isAlternative
          ? 'The Alternative Base URL leads to another site: correct it, or leave it empty.'
          : fix,
      );
  }
}
