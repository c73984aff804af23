/** The Local User in one word, for the remote's Test: it must not learn a name or a project. */
import { JiraError, type JiraClient } from '../jira/client';
import { findAccount } from '../jira/users';
import type { LocalUserState } from '../wire/messages';
import type { ConnectionStores } from './ports';
import { localUserOf } from './records';
import { actAs, NEEDED, projectsGranting, whyNot } from './local-user';

/** Whatever is not known by then is `unknown`. */
const STATE_TIMEOUT_MS = 5_000;

export async function localUserState(
  stores: ConnectionStores,
  jira: JiraClient,
  now: () => number,
  connectionId: string,
): Promise<LocalUserState> {
  const record = await stores.records.find('connection', connectionId);
  if (record === undefined) return 'unknown';
  const localUser = localUserOf(record);
  const time = { now, deadline: now() + STATE_TIMEOUT_MS };
  try {
    if (localUser !== 'app') {
      const account = await findAccount(jira, localUser.accountId, time);
      const why = whyNot(account);
      if (why === 'user-inactive') return 'inactive';
      if (why !== undefined) return 'missing';
    }
    const { projects } = await actAs(jira, localUser, time);
    return projectsGranting(projects, NEEDED).length > 0 ? 'ok' : 'missing-permission';
  } catch (error) {
    if (!(error instanceof JiraError)) throw error;
    return error.code === 'impersonation-refused' ? 'not-impersonated' : 'unknown';
  }
}
