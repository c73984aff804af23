/** Who somebody of the other site is here. */
import { canonicalName, type AliasValue, type UserValue } from '../alias-value';
import type { PersonMatch } from '../mapping';
import { mentionsIn } from '../../jira/adf/mentions';

/** Somebody here, as Jira tells it. */
export interface Person {
  accountId: string;
  /** A deactivated account can be set in no field, and is no match. */
  active: boolean;
}

/** People here, looked up before a value is written: see `peopleIn` for whom to look up. */
export interface Directory {
  byAccountId(accountId: string): Person | undefined;
  /** Whoever has this address. Jira tells addresses of people only who allow it. */
  byEmail(email: string): Person | undefined;
}

/** Somebody of the other site, as far as it tells. */
export type RemotePerson = Pick<UserValue, 'displayName' | 'accountId' | 'email'>;

/** Everybody whom a value names: the user, or who is mentioned. */
export function peopleIn(value: AliasValue | null): RemotePerson[] {
  if (value?.form === 'user') return [value];
  if (value?.form !== 'rich-text') return [];
  return mentionsIn(value.document).map(remotePerson);
}

export const remotePerson = (mention: { accountId: string; name: string }): RemotePerson => ({
  displayName: mention.name,
  ...(mention.accountId === '' ? {} : { accountId: mention.accountId }),
});

/**
 * The account here. The table first, by account id, e-mail or name; then the same account id or e-mail. Never
 * by an equal name that no admin has confirmed.
 */
export function accountHere(
  person: RemotePerson,
  { by, table }: PersonMatch,
  directory: Directory,
): string | undefined {
  const { accountId, email, displayName } = person;
  const called = [accountId, email?.toLowerCase(), canonicalName(displayName)];
  const row = table.find(({ there }) => called.includes(there) || called.includes(keyOf(there)));
  if (row !== undefined) return row.here;
  const found = [
    ...(by.includes('account-id') && accountId !== undefined
      ? [directory.byAccountId(accountId)]
      : []),
    ...(by.includes('email') && email !== undefined ? [directory.byEmail(email)] : []),
  ].find((one) => one?.active === true);
  return found?.accountId;
}

/** An address is the same in whatever case; a name is not. */
const keyOf = (there: string): string =>
  there.includes('@') ? there.trim().toLowerCase() : canonicalName(there);
