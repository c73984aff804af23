/** What an admin types into the form, checked field by field. */
import { createHash } from 'node:crypto';
import { checkDisplayName, foldedName } from '../display-name';
import { keyIdOf, normalizeKey } from '../wire/authentication-key';
import { Refusal, type Problem } from './refusal';
import { checkAlternativeBaseUrl, checkRemoteUrl, type UrlResult } from './remote-url';

export type LocalUser = { accountId: string } | 'app';

/** What is typed for a new connection. */
export interface ConnectionDraft {
  name: string;
  localUser: LocalUser;
  remoteUrl?: string | undefined;
  localKey: string;
  remoteKey?: string | undefined;
  passive: boolean;
  alternativeBaseUrl?: string | undefined;
}

/** What is typed for a stored one: an omitted field is unchanged, `null` clears it. */
export interface ConnectionChanges {
  name?: string | undefined;
  localUser?: LocalUser | undefined;
  remoteUrl?: string | null | undefined;
  localKey?: string | undefined;
  remoteKey?: string | null | undefined;
  passive?: boolean | undefined;
  alternativeBaseUrl?: string | null | undefined;
}

/** Every value as it is stored. A key that is `undefined` is there already, and unchanged. */
export interface CheckedConnection {
  name: string;
  nameKey: string;
  localUser: LocalUser;
  remoteUrl: string | undefined;
  localKey: string | undefined;
  remoteKey: string | undefined;
  passive: boolean;
  alternativeBaseUrl: string | undefined;
}

/** What is there already where a field may be left alone. */
export interface StoredKeys {
  /** Key ids, to tell a key that is the same on both sides without reading the keys themselves. */
  localKeyId?: string | undefined;
  /** Still accepted beside the current one. */
  previousLocalKeyId?: string | undefined;
  remoteKeyId?: string | undefined;
}

const MAX_KEY_LENGTH = 256;

/**
 * Checks all fields at once, so that an admin sees all that is wrong.
 *
 * @param ownEndpointUrl this site's endpoint, which is no Remote URL
 * @param stored what a stored connection has already
 * @throws Refusal with a problem for each field that cannot be taken
 */
export function checkDraft(
  draft: ConnectionDraft,
  ownEndpointUrl: string,
): CheckedConnection & { localKey: string };
export function checkDraft(
  draft: Omit<ConnectionDraft, 'localKey'> & { localKey?: string | undefined },
  ownEndpointUrl: string,
  stored: StoredKeys,
): CheckedConnection;
export function checkDraft(
  draft: Omit<ConnectionDraft, 'localKey'> & { localKey?: string | undefined },
  ownEndpointUrl: string,
  stored: StoredKeys = {},
): CheckedConnection {
  const problems: Problem[] = [];
  const take = <T>(result: { value: T } | { problem: Problem }): T | undefined => {
    if ('value' in result) return result.value;
    problems.push(result.problem);
    return undefined;
  };
  const takeUrl = (result: UrlResult): string | undefined =>
    take('url' in result ? { value: result.url } : result);

  const name = take(checkName(draft.name));
  const remoteUrl =
    isBlank(draft.remoteUrl) && draft.passive
      ? undefined
      : takeUrl(checkRemoteUrl(draft.remoteUrl ?? '', ownEndpointUrl));
  const localKey =
    draft.localKey === undefined && stored.localKeyId !== undefined
      ? undefined
      : take(checkKey('localKey', draft.localKey ?? ''));
  const remoteKeyIsOptional = draft.passive || stored.remoteKeyId !== undefined;
  const remoteKey =
    (draft.remoteKey ?? '') === '' && remoteKeyIsOptional
      ? undefined
      : take(checkKey('remoteKey', draft.remoteKey ?? ''));
  const alternativeBaseUrl = isBlank(draft.alternativeBaseUrl)
    ? undefined
    : takeUrl(checkAlternativeBaseUrl(draft.alternativeBaseUrl ?? ''));

  const localKeyId = localKey === undefined ? stored.localKeyId : keyIdOf(localKey);
  const remoteKeyId = remoteKey === undefined ? stored.remoteKeyId : keyIdOf(remoteKey);
  const localKeyIds = [localKeyId, stored.previousLocalKeyId];
  if (remoteKeyId !== undefined && localKeyIds.includes(remoteKeyId)) {
    problems.push(remoteKey === undefined ? SAME_AS_REMOTE : SAME_AS_LOCAL);
  }
  if (problems.length > 0 || name === undefined) throw new Refusal(problems);
  return {
    name,
    nameKey: nameKeyOf(name),
    localUser: draft.localUser,
    remoteUrl,
    localKey,
    remoteKey,
    passive: draft.passive,
    alternativeBaseUrl,
  };
}

/** Equal for names that are the same; fit for a key of the store, whatever the name is made of. */
export function nameKeyOf(name: string): string {
  return createHash('sha256').update(foldedName(name), 'utf8').digest('hex');
}

const SAME_AS_LOCAL: Problem = {
  field: 'remoteKey',
  code: 'same-as-local',
  message:
    'The two keys must differ. This one is the Local Authentication Key of this site; enter the one of the other site.',
};

/** The same where only the Local Authentication Key was typed anew. */
const SAME_AS_REMOTE: Problem = {
  field: 'localKey',
  code: 'same-as-local',
  message:
    'The two keys must differ. This one is stored as the Remote Authentication Key; use Generate for another one.',
};

function checkName(text: string): { value: string } | { problem: Problem } {
  const result = checkDisplayName(text, 'Enter a name, for example the other site’s or team’s.');
  return 'name' in result ? { value: result.name } : problem('name', result.code, result.message);
}

function checkKey(
  field: 'localKey' | 'remoteKey',
  text: string,
): { value: string } | { problem: Problem } {
  const key = normalizeKey(text);
  if (key.trim() === '') {
    return problem(
      field,
      'required',
      field === 'localKey'
        ? 'Enter a key, or use Generate.'
        : 'Enter the Local Authentication Key of the other site.',
    );
  }
  if (/\p{C}/u.test(key)) {
    return problem(field, 'unprintable', 'Remove line breaks and other invisible characters.');
  }
  if (key !== key.trim()) {
    return problem(
      field,
      'surrounding-space',
      'Remove the spaces before and after the key: they are easily lost when it is copied.',
    );
  }
  if ([...key].length > MAX_KEY_LENGTH) {
    return problem(field, 'too-long', `Use at most ${MAX_KEY_LENGTH} characters.`);
  }
  return { value: key };
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

function problem(
  field: keyof ConnectionDraft,
  code: Problem['code'],
  message: string,
): { problem: Problem } {
  return { problem: { field, code, message } };
}
