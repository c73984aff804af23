/**
 * What the screens of a project's transitions demand. Jira tells the workflows themselves to admins only, and of
 * their screens it tells nothing there; but it tells of each issue which ways lead on from where it stands, and
 * what is asked on them. So one issue of each type in each status is looked at, as far as there are any.
 */
import { z } from 'zod';
import { callJira, type JiraClient, type JiraPrincipal, type TimeBudget } from './client';
import { unfilled } from './transition-path';
import { transitionsSchema, type ScreenField } from './transitions';

/** A field that a transition cannot do without, and that nothing fills by itself. */
export interface DemandedField extends ScreenField {
  /** Names of the transitions that ask for it. */
  transitions: readonly string[];
  /** Ids of the issue types that have such a transition. */
  issueTypeIds: readonly string[];
}

const choice = z.object({ id: z.string() });
const issuesSchema = z.object({
  issues: z.array(
    z.object({ id: z.string(), fields: z.object({ issuetype: choice, status: choice }) }),
  ),
});

/** An issue in a status in which no other one of its type was found. */
interface Sample {
  issue: string;
  issueType: string;
  status: string;
}

/** Our own bounds: a resolver has 20 s for all of it. */
const MAX_SAMPLES = 24;
const SEARCHES = 3;
/** Jira gives no more at a time where it is asked for fields. */
const PAGE = 100;

/**
 * @returns by name; none where the project has no issues
 * @throws JiraError
 */
export async function demandedFields(
  jira: JiraClient,
  as: JiraPrincipal,
  projectId: string,
  time?: TimeBudget,
): Promise<DemandedField[]> {
  const samples = await sampleIssues(jira, as, projectId, time);
  const demanded = new Map<string, DemandedField>();
  for (const [field, transition, issueType] of (
    await Promise.all(samples.map((sample) => demandsOn(jira, as, sample, time)))
  ).flat()) {
    const known = demanded.get(field.id);
    demanded.set(field.id, {
      ...field,
      ...bothChoices(known, field),
      transitions: distinct([...(known?.transitions ?? []), transition]),
      issueTypeIds: distinct([...(known?.issueTypeIds ?? []), issueType]),
    });
  }
  return [...demanded.values()].sort((one, other) => one.name.localeCompare(other.name));
}

async function sampleIssues(
  jira: JiraClient,
  as: JiraPrincipal,
  projectId: string,
  time: TimeBudget | undefined,
): Promise<Sample[]> {
  const samples = new Map<string, Sample>();
  for (let search = 0; search < SEARCHES && samples.size < MAX_SAMPLES; search += 1) {
    const others = [...samples.values()].map(
      ({ issueType, status }) => ` AND NOT (issuetype = ${issueType} AND status = ${status})`,
    );
    const body = {
      jql: `project = ${projectId}${others.join('')} ORDER BY updated DESC`,
      fields: ['issuetype', 'status'],
      maxResults: PAGE,
    };
    const found = await callJira(jira, 'searchIssues', issuesSchema, { as, body, time });
    const issues = found?.issues ?? [];
    for (const { id, fields } of issues) {
      const [issueType, status] = [fields.issuetype.id, fields.status.id];
      const key = `${issueType} ${status}`;
      if (!samples.has(key)) samples.set(key, { issue: id, issueType, status });
    }
    if (issues.length < PAGE) break;
  }
  return [...samples.values()].slice(0, MAX_SAMPLES);
}

/** Each field with the name of the transition that asks for it, and the type of the issue. */
async function demandsOn(
  jira: JiraClient,
  as: JiraPrincipal,
  { issue, issueType }: Sample,
  time: TimeBudget | undefined,
): Promise<[ScreenField, string, string][]> {
  const offered = await callJira(
    jira,
    'getTransitions',
    transitionsSchema,
    { as, path: { issueIdOrKey: issue }, query: { expand: 'transitions.fields' }, time },
    // It was deleted or hidden since it was found.
    [403, 404],
  );
  return (offered ?? []).flatMap((transition) =>
    unfilled(transition, new Map()).map((field): [ScreenField, string, string] => [
      field,
      transition.name,
      issueType,
    ]),
  );
}

/** Screens of other types may offer others. */
function bothChoices(
  known: ScreenField | undefined,
  { choices }: ScreenField,
): Pick<ScreenField, 'choices'> {
  if (choices === undefined) return {};
  const all = [...(known?.choices ?? []), ...choices];
  return { choices: [...new Map(all.map((one) => [one.id, one])).values()] };
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];
