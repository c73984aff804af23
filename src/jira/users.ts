/** Accounts, as Jira knows them. */
import { z } from 'zod';
import {
  callJira,
  JiraError,
  type JiraClient,
  type JiraPrincipal,
  type TimeBudget,
} from './client';

const accountSchema = z.object({
  accountId: z.string(),
  /** `atlassian` a person, `app` an app, `customer` of a service desk; Jira may add more. */
  accountType: z.string(),
  active: z.boolean(),
  displayName: z.string(),
});

export type Account = z.infer<typeof accountSchema>;

/** The account, or `undefined` where Jira does not know it. @throws JiraError */
export function findAccount(
  jira: JiraClient,
  accountId: string,
  time?: TimeBudget,
): Promise<Account | undefined> {
  return callJira(
    jira,
    'getUser',
    accountSchema,
    { as: 'app', query: { accountId }, time },
    // 400: not an account id at all.
    [400, 404],
  );
}

/** Who Jira says we are when we call as `as`. @throws JiraError */
export async function getCurrentAccount(
  jira: JiraClient,
  as: JiraPrincipal,
  time?: TimeBudget,
): Promise<Account> {
  const account = await callJira(jira, 'getCurrentUser', accountSchema, {
    as,
    time,
  });
  if (account === undefined) throw new JiraError('unexpected', 'Jira does not tell who we are');
  return account;
}
