/** A draft with all that Jira says of it, as its connection's Local User sees it. */
import type { JiraClient, JiraPrincipal, TimeBudget } from '../jira/client';
import { checkJql } from '../jira/jql';
import {
  createFields,
  findProject,
  projectIssueTypes,
  type Project,
  type ProjectIssueType,
} from '../jira/project-metadata';
import { demandedFields } from '../jira/screens';
import { fieldsOf, mapFields } from './build-contract';
import { checkDraft, jqlOf, type CheckedDraft, type ContractDraft } from './draft';
import type { DraftProblem } from './draft-refusal';
import type { StoredContract, TwinFields } from './records';
import { checkDefaults, type ScreenDefault } from './screen-defaults';
import { checkTwinFields, shownBy } from './twin-fields';

/** All of a contract but its name and what it becomes later. */
export interface ReadDraft
  extends CheckedDraft, Pick<StoredContract, 'mapping' | 'fields' | 'notMapped'> {
  project: Project;
  screenDefaults: readonly ScreenDefault[];
  twinFields: TwinFields;
}

/** Jira's ids are numbers; anything else would only be a query of its own. */
const isId = (id: string): boolean => /^\d+$/.test(id);

/**
 * @param stored the screen defaults that the contract has
 * @param shown ids of the fields with which other contracts show where twins stand
 * @returns what the contract would be, or all that is wrong with the draft
 * @throws JiraError
 */
export async function readDraft(
  jira: JiraClient,
  as: JiraPrincipal,
  draft: ContractDraft,
  stored: readonly ScreenDefault[],
  shown: ReadonlySet<string>,
  time: TimeBudget,
): Promise<{ read: ReadDraft } | { problems: DraftProblem[] }> {
  const { projectId, screenDefaults: drafted = [] } = draft;
  const query = jqlOf(draft);
  const asksScreens = drafted.length > 0 && isId(projectId);
  const [project, issueTypes, jql, screens] = await Promise.all([
    isId(projectId) ? findProject(jira, as, projectId, time) : undefined,
    isId(projectId) ? projectIssueTypes(jira, as, projectId, time) : undefined,
    query === undefined ? undefined : checkJql(jira, as, query, time),
    asksScreens ? demandedFields(jira, as, projectId, time) : [],
  ]);
  const result = checkDraft(draft, { issueTypes: project && issueTypes, jql });
  const filled = checkDefaults(drafted, screens, stored);
  const problems = [result, filled].flatMap((one) => ('problems' in one ? one.problems : []));
  if ('problems' in result || 'problems' in filled) return { problems };
  if (project === undefined) throw new Error('A draft without a project was accepted');
  const { checked } = result;
  const ofTypes = await fieldsOfTypes(jira, as, projectId, checked.issueTypes, time);
  if (ofTypes === undefined) return { problems: [NOT_CREATABLE] };
  const fields = fieldsOf(checked.issueTypes, ofTypes);
  const twins = checkTwinFields(draft, fields);
  if ('problems' in twins) return twins;
  const { twinFields } = twins;
  const mapped = mapFields(fields, new Set([...shown, ...shownBy([twins])]));
  return { read: { ...checked, project, screenDefaults: filled.defaults, twinFields, ...mapped } };
}

async function fieldsOfTypes(
  jira: JiraClient,
  as: JiraPrincipal,
  projectIdOrKey: string,
  types: readonly ProjectIssueType[],
  time: TimeBudget,
) {
  const read = await Promise.all(
    types.map(({ id }) => createFields(jira, as, { projectIdOrKey, issueTypeId: id }, time)),
  );
  const known = read.filter((fields) => fields !== undefined);
  return known.length === read.length ? known : undefined;
}

const NOT_CREATABLE: DraftProblem = {
  field: 'projectId',
  code: 'project-not-creatable',
  message:
    'The Local User cannot create issues in this project, and Jira tells their fields only to those who can. Give it the permission Create Issues, or pick another project.',
};
