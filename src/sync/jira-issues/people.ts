/** Who the people of the other site are here: looked up in one call, and only if somebody is named. */
import { z } from 'zod';
import type { Directory, Person, RemotePerson } from '../../contract/converters/person';
import { callJira } from '../../jira/client';
import type { JiraContext } from './jira-context';
import { NOBODY } from './mapped-fields';

/** Our own bound, of accounts in one request: whoever is named behind so many is nobody here. */
const MAX_PEOPLE = 100;

const usersSchema = z.object({
  values: z.array(
    z.object({
      accountId: z.string(),
      active: z.boolean(),
      emailAddress: z.string().nullish(),
    }),
  ),
});

/**
 * The accounts that `people` have on other sites, where they are here, too. An address is found only among
 * them: Jira has no way to ask for several addresses at once.
 *
 * @throws JiraError
 */
export async function directoryOf(
  { jira, as, time }: JiraContext,
  people: readonly RemotePerson[],
): Promise<Directory> {
  const ids = new Set(
    people.flatMap(({ accountId = '' }) => (isAccountId(accountId) ? [accountId] : [])),
  );
  if (ids.size === 0) return NOBODY;
  const accountId = [...ids].slice(0, MAX_PEOPLE);
  const found = await callJira(
    jira,
    'bulkGetUsers',
    usersSchema,
    { as, query: { accountId, maxResults: String(MAX_PEOPLE) }, time },
    // What the other site says of people is not worth a failure. 403: not allowed to browse users.
    [400, 403, 404],
  );
  return directoryFrom(found?.values ?? []);
}

const isAccountId = (text: string): boolean => /^[\w:-]{1,128}$/.test(text);

function directoryFrom(users: z.infer<typeof usersSchema>['values']): Directory {
  const person = (user: (typeof users)[number] | undefined): Person | undefined =>
    user && { accountId: user.accountId, active: user.active };
  return {
    byAccountId: (accountId) => person(users.find((user) => user.accountId === accountId)),
    byEmail: (email) => {
      const wanted = email.toLowerCase();
      return person(users.find((user) => user.emailAddress?.toLowerCase() === wanted));
    },
  };
}
