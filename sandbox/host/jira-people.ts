/** The people of the site, asked from its REST API in the name of whom the page acts as. */
import { isRecord } from './messages';
import { readHostConfig } from './host-config';

export interface Person {
  accountId: string;
  displayName: string;
  emailAddress: string;
}

const config = readHostConfig();

/** One call of `/rest/api/3/…` by the account that is acted as. */
export function requestJira(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Authorization', config.authorization);
  return fetch(path, { ...init, headers });
}

/** Active people whose name or address begins like `query`; none when Jira refuses the question. */
export async function searchPeople(query: string): Promise<Person[]> {
  const response = await requestJira(
    `/rest/api/3/user/search?query=${encodeURIComponent(query)}&maxResults=20`,
  );
  const found: unknown = response.ok ? await response.json() : [];
  return Array.isArray(found) ? found.flatMap(personOf) : [];
}

/** `undefined`: nobody here by that account id. */
export async function findPerson(accountId: string): Promise<Person | undefined> {
  const response = await requestJira(`/rest/api/3/user?accountId=${encodeURIComponent(accountId)}`);
  return response.ok ? personOf(await response.json())[0] : undefined;
}

function personOf(user: unknown): Person[] {
  if (!isRecord(user) || typeof user.accountId !== 'string') return [];
  const { accountId, displayName, emailAddress } = user;
  return [
    {
      accountId,
      displayName: typeof displayName === 'string' ? displayName : accountId,
      emailAddress: typeof emailAddress === 'string' ? emailAddress : '',
    },
  ];
}
