/** What every part of this folder works with: one contract's issues, for one invocation. */
import type { LocalUser } from '../../connection/draft';
import type { Contract } from '../../contract/records';
import { callJira, type JiraClient, type JiraPrincipal, type TimeBudget } from '../../jira/client';
import type { Transition } from '../../jira/transitions';
import { twinFieldIds } from './twin-fields';
import { issueSchema, type IssueAnswer } from './issue-answer';
import { ORIGIN_PROPERTY, markerProperty, type Anchor } from './issue-properties';

export interface JiraIssuesOptions {
  jira: JiraClient;
  contract: Contract;
  connection: {
    id: string;
    localUser: LocalUser;
    /** What people call the other site: it stands above the comments that are copied from there. */
    remoteName: string;
  };
  /** Account id of the app itself: whose changes are ours where the Local User is the app. */
  appAccountId?: string;
  /** Account id of the Local User of another connection of this site; `undefined`: there is none such. */
  accountOf: (connection: string) => Promise<string | undefined>;
  time?: TimeBudget;
}

export interface JiraContext extends JiraIssuesOptions {
  as: JiraPrincipal;
  /** Whom Jira names as the author of what we write; `undefined`: not known. */
  account: string | undefined;
  /** Issue id → what was last read of it, and what writes have made of that. */
  read: Map<string, IssueAnswer>;
  /** Issue id → when it was last updated, up to which nothing has gone unseen. */
  seenUntil: Map<string, number>;
  /** Issue id → where the writes of this invocation are found in its history. */
  anchors: Map<string, Readonly<Record<string, Anchor>>>;
  /** Issue type id → status id → what was offered there, to whatever issue. */
  seen: Map<string, Map<string, readonly Transition[]>>;
}

export function jiraContext(options: JiraIssuesOptions): JiraContext {
  const { localUser } = options.connection;
  return {
    ...options,
    as: localUser,
    account: localUser === 'app' ? options.appAccountId : localUser.accountId,
    read: new Map(),
    seenUntil: new Map(),
    anchors: new Map(),
    seen: new Map(),
  };
}

/** Beside what is mapped: whose the issue is, of which type, its comments, and when it was updated. */
const ALWAYS = ['comment', 'created', 'creator', 'issuetype', 'project', 'status', 'updated'];

/** Reads all that a snapshot needs, in one call. `undefined`: it is not there, or not for us. @throws JiraError */
export async function fetchIssue(
  context: JiraContext,
  issue: string,
): Promise<IssueAnswer | undefined> {
  const { jira, as, contract, connection, time } = context;
  const mapped = contract.mapping.map(({ fieldId }) => fieldId);
  const fields = new Set([...mapped, ...twinFieldIds(contract), ...ALWAYS]);
  const answer = await callJira(
    jira,
    'getIssue',
    issueSchema,
    {
      as,
      path: { issueIdOrKey: issue },
      query: {
        fields: [...fields].join(),
        expand: 'changelog',
        properties: [ORIGIN_PROPERTY, markerProperty(connection.id)].join(),
      },
      time,
    },
    [403, 404],
  );
  if (answer) context.read.set(answer.id, answer);
  return answer;
}

/** As this invocation has last read it; read now, if it has not. */
export const knownIssue = async (
  context: JiraContext,
  issue: string,
): Promise<IssueAnswer | undefined> => context.read.get(issue) ?? fetchIssue(context, issue);
