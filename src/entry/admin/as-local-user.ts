/** Reading Jira for an admin, as the Local User of a connection. */
import { principalOf } from '../../connection/local-user';
import { getConnection } from '../../connection/read-connection';
import { localUserOf } from '../../connection/records';
import { DraftRefusal } from '../../contract/draft-refusal';
import { JiraError, type JiraPrincipal, type TimeBudget } from '../../jira/client';
import type { AdminContext } from './handler';

/** Reading Jira may take so long; the rest of a resolver's 25 s is for storing. */
const READ_MS = 20_000;

/** @throws DraftRefusal `local-user-refused` */
export async function asLocalUser<T>(
  { stores, sources, startedAt }: AdminContext,
  connection: string,
  read: (as: JiraPrincipal, time: TimeBudget) => Promise<T>,
): Promise<T> {
  const { record } = await getConnection(stores, connection);
  const time = { now: () => sources.now(), deadline: startedAt + READ_MS };
  try {
    return await read(principalOf(localUserOf(record)), time);
  } catch (error) {
    if (!(error instanceof JiraError) || error.code !== 'impersonation-refused') throw error;
    throw new DraftRefusal([LOCAL_USER_REFUSED], { cause: error });
  }
}

const LOCAL_USER_REFUSED = {
  code: 'local-user-refused',
  message:
    'Jira does not let the app act as the Local User of this connection. Test the connection: it says what to do.',
} as const;
