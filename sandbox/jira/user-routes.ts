/** Accounts: who am I, who is that, who is there. */
import { refusal, unauthenticated } from './errors';
import { hasGlobalPermission } from './permissions';
import { expandOf, pageOf, pagedAnswer, slice, type Call, type Route } from './route';
import { canSeeEmail, userInDetail, userInList } from './shapes';
import type { JiraUser } from './store';

/** Both searches give at most so many users (Atlassian's OpenAPI description). */
const MAX_USERS = 1000;

/** UNVERIFIED. */
const MAX_BULK = 200;

export const userRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/rest/api/3/myself',
    operationId: 'getCurrentUser',
    scopes: ['read:jira-user'],
    handle(call) {
      if (!call.caller) throw unauthenticated(call.site.baseUrl);
      return userInDetail(call, call.caller, expandOf(call));
    },
  },
  {
    method: 'GET',
    path: '/rest/api/3/user',
    operationId: 'getUser',
    scopes: ['read:jira-user'],
    handle(call) {
      if (!call.caller) throw unauthenticated(call.site.baseUrl);
      requireUserBrowsing(call);
      const accountId = call.query.get('accountId');
      if (!accountId) {
        throw refusal(400, ["The 'accountId' query parameter needs to be provided."]);
      }
      const user = call.store.user(accountId);
      if (!user) {
        throw refusal(404, [
          'Specified user does not exist or you do not have required permissions',
        ]);
      }
      return userInDetail(call, user, expandOf(call));
    },
  },
  {
    method: 'GET',
    path: '/rest/api/3/user/bulk',
    operationId: 'bulkGetUsers',
    scopes: ['read:jira-user'],
    handle(call) {
      const ids = call.query.getAll('accountId');
      if (ids.length === 0) {
        // UNVERIFIED: the words are those of `user`.
        throw refusal(400, ["The 'accountId' query parameter needs to be provided."]);
      }
      const page = pageOf(call, { default: 10, maximum: MAX_BULK });
      const users = [...new Set(ids)].flatMap((id) => call.store.user(id) ?? []);
      return pagedAnswer(call, 'user/bulk', users, page, (user) => userInList(call, user));
    },
  },
  {
    method: 'GET',
    path: '/rest/api/3/user/search',
    operationId: 'findUsers',
    scopes: ['read:jira-user'],
    handle: findUsers,
  },
  {
    method: 'GET',
    path: '/rest/api/3/users/search',
    operationId: 'getAllUsers',
    scopes: ['read:jira-user'],
    handle(call) {
      requireUserBrowsing(call);
      const page = pageOf(call, { default: 50, maximum: MAX_USERS });
      return slice(call.store.users(), page).map((user) => userInList(call, user));
    },
  },
];

/** Active users only; without the permission to browse users an empty list, not an error. */
function findUsers(call: Call): unknown {
  const { query, store } = call;
  const text = query.get('query');
  const accountId = query.get('accountId');
  if (text === null && accountId === null && query.get('property') === null) {
    throw refusal(400, ["One of 'query', 'accountId' and 'property' must be given."]);
  }
  if (text !== null && accountId !== null) {
    throw refusal(400, ["'query' and 'accountId' cannot both be given."]);
  }
  const page = pageOf(call, { default: 50, maximum: MAX_USERS });
  // Nobody on these sites has user properties.
  if (query.get('property') !== null || !mayBrowseUsers(call)) return [];
  const found = store
    .users()
    .filter(({ active }) => active)
    .filter((user) =>
      accountId === null ? matches(call, user, text ?? '') : user.accountId === accountId,
    );
  return slice(found.slice(0, MAX_USERS), page).map((user) => userInList(call, user));
}

/**
 * The text is a prefix of a word of the name, or of the address; of a hidden address only the whole of it
 * matches. An empty text matches everybody (UNVERIFIED).
 */
function matches(call: Call, user: JiraUser, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  const name = user.displayName.toLowerCase();
  const email = user.emailAddress?.toLowerCase();
  return (
    name.startsWith(wanted) ||
    name.includes(` ${wanted}`) ||
    email === wanted ||
    (canSeeEmail(call, user) && email?.startsWith(wanted) === true)
  );
}

const mayBrowseUsers = ({ store, caller }: Call): boolean =>
  hasGlobalPermission(store, caller, 'USER_PICKER');

/** @throws JiraRefusal 403 without *Browse users and groups* (the exact text is UNVERIFIED) */
function requireUserBrowsing(call: Call): void {
  if (mayBrowseUsers(call)) return;
  throw refusal(403, ['You do not have permission to browse users.']);
}
