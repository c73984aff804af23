/**
 * An issue of ours whose creation was not answered. Jira's index lags behind, so what it does not know yet is
 * looked for by key: keys are given in turn, and what came last has the keys behind those that the index knows.
 */
import { z } from 'zod';
import { callJira } from '../../jira/client';
import { birthOf } from './issue-answer';
import { originIn, ORIGIN_PROPERTY } from './issue-properties';
import type { JiraContext } from './jira-context';

const foundSchema = z.object({
  issues: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      fields: z.record(z.string(), z.unknown()).default({}),
      properties: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});
type Found = z.infer<typeof foundSchema>['issues'][number];

/** Newest issues that are looked at by the index: more than a project gets in the minutes that it lags. */
const NEWEST = 100;
/** Keys in one request of `issue/bulkfetch`. Jira REST API v3: at most 100. */
const KEYS = 100;
/** Requests of so many keys: an end, whatever the project does meanwhile. */
const ROUNDS = 5;

/** @throws JiraError */
export async function findByNonce(
  context: JiraContext,
  nonce: string,
): Promise<string | undefined> {
  const newest = await newestIssues(context);
  // Whoever has seen the nonce can put it on another issue, but cannot have created that as our account.
  const isOurs = ({ fields, properties }: Found): boolean => {
    const origin = originIn(properties ?? {});
    const isByUs = context.account === undefined || birthOf({ fields }).creator === context.account;
    return isByUs && origin?.nonce === nonce && origin.connection === context.connection.id;
  };
  const found = newest.find(isOurs);
  if (found) return found.id;
  let next = Math.max(0, ...newest.map(({ key }) => numberIn(key))) + 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const behind = await issuesFrom(context, projectKeyOf(context, newest), next);
    const late = behind.find(isOurs);
    if (late) return late.id;
    if (behind.length === 0) return undefined;
    next += KEYS;
  }
  return undefined;
}

async function newestIssues({ jira, as, contract, time }: JiraContext): Promise<Found[]> {
  const answer = await callJira(jira, 'searchIssues', foundSchema, {
    as,
    body: {
      jql: `project = ${contract.project.id} ORDER BY created DESC`,
      fields: ['created', 'creator'],
      properties: [ORIGIN_PROPERTY],
      maxResults: NEWEST,
    },
    time,
  });
  return answer?.issues ?? [];
}

/** By key, which no index has a say in. */
async function issuesFrom(
  { jira, as, time }: JiraContext,
  project: string,
  first: number,
): Promise<Found[]> {
  const answer = await callJira(jira, 'bulkFetchIssues', foundSchema, {
    as,
    body: {
      issueIdsOrKeys: Array.from({ length: KEYS }, (_, index) => `${project}-${first + index}`),
      fields: ['created', 'creator'],
      properties: [ORIGIN_PROPERTY],
    },
    time,
  });
  return answer?.issues ?? [];
}

/** A project may have got another key since the contract was saved. */
const projectKeyOf = ({ contract }: JiraContext, [newest]: readonly Found[]): string =>
  newest?.key.replace(/-\d+$/, '') ?? contract.project.key;

const numberIn = (key: string): number => Number(/-(\d+)$/.exec(key)?.[1] ?? 0);
