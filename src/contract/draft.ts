/** What an admin fills in for a contract, checked field by field. */
import { checkDisplayName, foldedName } from '../display-name';
import type { JqlCheck } from '../jira/jql';
import type { ProjectIssueType } from '../jira/project-metadata';
import { DraftRefusal, type DraftProblem } from './draft-refusal';
import type { Direction } from './mapping';
import type { Contract, Policy } from './records';
import type { DraftedDefault } from './screen-defaults';
import type { EventKind } from './truth-table';

/** A contract as the admin fills it in. Seen from here. */
export interface ContractDraft {
  connection: string;
  name: string;
  projectId: string;
  /** None: all types of the project but subtasks. */
  issueTypeIds: string[];
  jql?: string | undefined;
  events: EventKind[];
  direction: Direction;
  policy: Policy;
  internalComments: boolean;
  onRemoteDelete: 'keep' | 'delete';
  /** For fields that screens of transitions demand. None: nothing is filled in. */
  screenDefaults?: DraftedDefault[] | undefined;
  /** Ids of the fields that show the twin's status and key. None: nothing shows it. */
  statusField?: string | undefined;
  keyField?: string | undefined;
}

/** Our own bound: the query travels with every search, inside of a longer one. */
const MAX_JQL = 2_000;

/** What Jira says of the draft's project and its query. */
export interface DraftFacts {
  /** Of the project, as the Local User sees it. `undefined`: there is no such project for it. */
  issueTypes: readonly ProjectIssueType[] | undefined;
  /** `undefined`: there was nothing to ask. */
  jql: JqlCheck | undefined;
}

/** The query that Jira has to read, if there is one that it can be asked for. */
export function jqlOf({ jql }: Pick<ContractDraft, 'jql'>): string | undefined {
  const text = jql?.trim() ?? '';
  return text === '' || text.length > MAX_JQL ? undefined : text;
}

/** The part of a contract that comes from the draft, as it is stored. */
export interface CheckedDraft extends Pick<
  Contract,
  'events' | 'direction' | 'policy' | 'internalComments' | 'onRemoteDelete'
> {
  jql: string | undefined;
  issueTypes: readonly ProjectIssueType[];
}

/**
 * All of the draft but its name, which only its connection's other contracts can decide.
 *
 * @returns the checked draft, or all that is wrong with it
 */
export function checkDraft(
  draft: ContractDraft,
  facts: DraftFacts,
): { checked: CheckedDraft } | { problems: DraftProblem[] } {
  const types = chosenTypes(draft, facts.issueTypes);
  const problems = [
    ...('problems' in types ? types.problems : []),
    ...jqlProblems(draft, facts.jql),
  ].concat(eventProblems(draft.events));
  if ('problems' in types || problems.length > 0) return { problems };
  const { events, direction, policy, internalComments, onRemoteDelete } = draft;
  return {
    checked: {
      events: [...new Set(events)],
      direction,
      policy,
      internalComments,
      onRemoteDelete,
      jql: jqlOf(draft),
      issueTypes: types.chosen,
    },
  };
}

/** @param others the other contracts of the connection */
export function checkName(
  name: string,
  others: readonly Pick<Contract, 'name'>[],
): { name: string } | { problem: DraftProblem } {
  const result = checkDisplayName(
    name,
    'Enter a name. The contract of the other site needs the same.',
  );
  if (!('name' in result)) return { problem: { field: 'name', ...result } };
  const isTaken = others.some((one) => foldedName(one.name) === foldedName(result.name));
  return isTaken ? { problem: DUPLICATE_NAME } : result;
}

/**
 * An issue must have one contract of a connection at most, or it would have several twins there.
 *
 * @throws DraftRefusal `overlaps`
 */
export function checkOverlap(contract: Contract, others: readonly Contract[]): void {
  if (!contract.enabled) return;
  for (const other of others) {
    if (!other.enabled || other.id === contract.id) continue;
    if (other.project.id !== contract.project.id) continue;
    const shared = contract.issueTypes.find(({ id }) =>
      other.issueTypes.some((type) => type.id === id),
    );
    if (shared !== undefined) throw overlaps(other, shared.name);
  }
}

const overlaps = ({ name, project }: Contract, type: string): DraftRefusal =>
  new DraftRefusal([
    {
      field: 'issueTypeIds',
      code: 'overlaps',
      message: `The contract “${name}” is enabled and has ${type} of ${project.key} already. Disable it, or leave this type out of one of the two.`,
    },
  ]);

type Chosen = { chosen: readonly ProjectIssueType[] } | { problems: DraftProblem[] };

function chosenTypes(
  { projectId, issueTypeIds }: ContractDraft,
  present: readonly ProjectIssueType[] | undefined,
): Chosen {
  if (projectId === '') return { problems: [PROJECT_MISSING] };
  if (present === undefined) return { problems: [PROJECT_UNKNOWN] };
  if (issueTypeIds.length === 0) {
    const chosen = present.filter(({ isSubtask }) => !isSubtask);
    return chosen.length > 0 ? { chosen } : { problems: [NO_ISSUE_TYPES] };
  }
  const chosen = present.filter(({ id }) => issueTypeIds.includes(id));
  const problems: DraftProblem[] = [];
  if (chosen.length < new Set(issueTypeIds).size) problems.push(ISSUE_TYPE_UNKNOWN);
  const subtask = chosen.find(({ isSubtask }) => isSubtask);
  if (subtask !== undefined) {
    problems.push({
      field: 'issueTypeIds',
      code: 'issue-type-is-subtask',
      message: `${subtask.name} is a type of subtasks, which are not synchronized. Leave it out.`,
    });
  }
  return problems.length > 0 ? { problems } : { chosen };
}

function jqlProblems({ jql }: ContractDraft, check: JqlCheck | undefined): DraftProblem[] {
  if ((jql?.trim().length ?? 0) > MAX_JQL) return [JQL_TOO_LONG];
  if (check === undefined) return [];
  if (check.errors.length > 0) {
    // In Jira's words: it knows its query language, and the admin knows Jira.
    return [{ field: 'jql', code: 'jql-invalid', message: check.errors.join(' ') }];
  }
  return check.isOrdered ? [JQL_ORDERED] : [];
}

function eventProblems(events: readonly EventKind[]): DraftProblem[] {
  if (events.length === 0) return [NO_EVENTS];
  return events.includes('manual-only') && events.includes('create') ? [MANUAL_AND_CREATE] : [];
}

const DUPLICATE_NAME: DraftProblem = {
  field: 'name',
  code: 'duplicate-name',
  message: 'Another contract of this connection has this name. Choose another one.',
};

const PROJECT_MISSING: DraftProblem = {
  field: 'projectId',
  code: 'required',
  message: 'Choose the project whose issues are synchronized.',
};

const PROJECT_UNKNOWN: DraftProblem = {
  field: 'projectId',
  code: 'project-unknown',
  message:
    'The Local User cannot see this project, or it does not exist. Pick another one, or let the Local User browse it.',
};

const NO_ISSUE_TYPES: DraftProblem = {
  field: 'projectId',
  code: 'no-issue-types',
  message: 'This project has no issue types but subtasks. Pick another one.',
};

const ISSUE_TYPE_UNKNOWN: DraftProblem = {
  field: 'issueTypeIds',
  code: 'issue-type-unknown',
  message: 'The project does not have all of these issue types any more. Choose them again.',
};

const JQL_TOO_LONG: DraftProblem = {
  field: 'jql',
  code: 'too-long',
  message: `Use at most ${MAX_JQL} characters.`,
};

const JQL_ORDERED: DraftProblem = {
  field: 'jql',
  code: 'jql-ordered',
  message: 'Remove ORDER BY: the order of the issues has no meaning here.',
};

const NO_EVENTS: DraftProblem = {
  field: 'events',
  code: 'required',
  message: 'Choose at least one: otherwise there is nothing to synchronize.',
};

const MANUAL_AND_CREATE: DraftProblem = {
  field: 'events',
  code: 'manual-only-excludes-create',
  message:
    'With manual-only a person decides which issues are synchronized, with create every new one is. Choose one of the two.',
};
