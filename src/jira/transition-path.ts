/**
 * Reaching a status by transitions, one step at a time. Jira tells only what can be done from the status in
 * which an issue is; so a path is planned over what has been seen so far, one step of it is taken, and it is
 * planned anew with what that step has shown. The plan depends on the status and on the walk, which is
 * stored, and on nothing in between: a walk that was stopped half way goes on from where it stands.
 */
import type { ScreenField, Transition } from './transitions';

export type StatusCategory = 'new' | 'indeterminate' | 'done';

export interface Status {
  id: string;
  name: string;
  category: StatusCategory;
}

/** What is known of a workflow: the statuses of its issue type, and the transitions seen from some of them. */
export interface Workflow {
  statuses: readonly Status[];
  /**
   * Status id → what was offered there, to this issue or to another one of the type. Not there: never seen.
   * What a walk is offered on its way has to be put in: it counts more than what another issue was offered.
   */
  seen: ReadonlyMap<string, readonly Transition[]>;
}

/** A walk to a status, as it is stored between two steps. */
export interface Walk {
  /** Status id. */
  target: string;
  /** Statuses that the issue was in during this walk, in order, and the one to which the last step leads. */
  visited: readonly string[];
  /** What was tried and refused by Jira, as `<status id>:<transition id>`. */
  refused: readonly string[];
}

export const startWalk = (current: string, target: string): Walk => ({
  target,
  visited: [current],
  refused: [],
});

/** Values for required fields of screens, by field id: from the contract, in the form that Jira takes. */
export type ScreenDefaults = ReadonlyMap<string, unknown>;

export type Plan =
  | { kind: 'arrived' }
  | {
      kind: 'step';
      transition: Transition;
      /** For `fields` of the request. */
      fields: Record<string, unknown>;
      /** Steps to the target, this one included; `undefined`: into a part of the workflow that was never seen. */
      steps: number | undefined;
      /** Store it before the step is taken: it says where the issue may be if nothing is heard of the step. */
      walk: Walk;
    }
  /** Somebody else moved the issue meanwhile: their change counts, and the merge decides again. */
  | { kind: 'interrupted' }
  /** There is no way. The issue stays where it is. `reason` is for an admin. */
  | { kind: 'refused'; reason: string };

/** A walk is ended after so many steps, lest two apps and a person send an issue in circles. */
export const MAX_STEPS = 20;

/**
 * The next step of a walk.
 *
 * The shortest path counts; of equally short ones that with the fewest conditions, then the one whose
 * transitions have the lower ids, so that the same question has the same answer. Where nothing that was seen
 * leads to the target, the walk goes to a status that was never seen, of a category between here and the
 * target, and looks around there.
 *
 * @param current status of the issue now
 * @param offered its transitions now, asked as whoever will make the step: conditions are met
 */
export function nextStep(
  walk: Walk,
  current: string,
  offered: readonly Transition[],
  workflow: Workflow,
  defaults: ScreenDefaults,
): Plan {
  if (current === walk.target) return { kind: 'arrived' };
  if (!isOnWalk(walk, current)) return { kind: 'interrupted' };
  const target = workflow.statuses.find(({ id }) => id === walk.target);
  if (target === undefined) {
    return refuse('The workflow of this issue type has no such status: map another one.');
  }
  // Without the last step, if it was not taken after all.
  const visited = walk.visited.slice(0, walk.visited.lastIndexOf(current) + 1);
  if (visited.length > MAX_STEPS) {
    return refuse(`${target.name} was not reached within ${MAX_STEPS} transitions.`);
  }
  const edges = (status: string) =>
    leavingFrom(status, current, offered, workflow)
      .filter(({ id }) => !walk.refused.includes(`${status}:${id}`))
      .filter((transition) => unfilled(transition, defaults).length === 0);
  const path =
    shortestPath(current, edges, ({ to }) => to === walk.target) ??
    shortestPath(current, edges, ({ to }) => isWorthALook(to, current, visited, target, workflow));
  const [first] = path ?? [];
  if (path === undefined || first === undefined) {
    return refuse(noWay(current, offered, target, workflow, defaults));
  }
  return {
    kind: 'step',
    transition: first,
    fields: fieldsFor(first, defaults),
    steps: path.at(-1)?.to === walk.target ? path.length : undefined,
    walk: { ...walk, visited: [...visited, first.to] },
  };
}

/**
 * Whether the walk itself may have brought the issue there: it is in the last status of the walk, or still in
 * the one before, where the step was not taken after all. What it passes through is no change of this site.
 */
export const isOnWalk = ({ visited }: Walk, status: string): boolean =>
  visited.slice(-2).includes(status);

/** The walk after Jira refused the step that was just planned: it is not tried again. */
export function withoutStep(planned: Walk, current: string, transition: Transition): Walk {
  return {
    ...planned,
    visited: planned.visited.slice(0, -1),
    refused: [...planned.refused, `${current}:${transition.id}`],
  };
}

/** Fresh where the issue is; elsewhere what was seen, and the transitions that start from everywhere. */
function leavingFrom(
  status: string,
  current: string,
  offered: readonly Transition[],
  { seen }: Workflow,
): readonly Transition[] {
  const here = status === current ? offered : (seen.get(status) ?? fromEverywhere(offered, seen));
  return here.filter(({ to }) => to !== status);
}

function fromEverywhere(
  offered: readonly Transition[],
  seen: Workflow['seen'],
): readonly Transition[] {
  const all = [offered, ...seen.values()].flat().filter(({ isGlobal }) => isGlobal);
  return [...new Map(all.map((transition) => [transition.id, transition])).values()];
}

/** Breadth first, so that the first path found has the fewest steps. */
function shortestPath(
  from: string,
  edges: (status: string) => readonly Transition[],
  isGoal: (step: Transition) => boolean,
): Transition[] | undefined {
  const reached = new Set([from]);
  for (let paths: Transition[][] = [[]]; paths.length > 0;) {
    const longer = paths
      .flatMap((path) => edges(path.at(-1)?.to ?? from).map((step) => [...path, step]))
      .sort(byConditionsThenIds);
    const found = longer.find((path) => path.slice(-1).some(isGoal));
    if (found) return found;
    paths = longer.filter((path) => {
      const { to } = path.at(-1) ?? { to: from };
      if (reached.has(to)) return false;
      reached.add(to);
      return true;
    });
  }
  return undefined;
}

function byConditionsThenIds(one: readonly Transition[], other: readonly Transition[]): number {
  const conditions = (path: readonly Transition[]) =>
    path.filter(({ isConditional }) => isConditional).length;
  const ids = (path: readonly Transition[]) => path.map(({ id }) => id.padStart(12, '0')).join();
  return conditions(one) - conditions(other) || (ids(one) < ids(other) ? -1 : 1);
}

const ORDER: Record<StatusCategory, number> = { new: 0, indeterminate: 1, done: 2 };

/**
 * Whether to go to a status in order to see what is offered there: it was never seen, and its category is
 * between that of the current one and that of the target. No issue is closed on the way to something open.
 */
function isWorthALook(
  id: string,
  current: string,
  visited: readonly string[],
  target: Status,
  { statuses, seen }: Workflow,
): boolean {
  const status = statuses.find((one) => one.id === id);
  if (status === undefined || seen.has(id) || visited.includes(id)) return false;
  const from = statuses.find((one) => one.id === current)?.category ?? target.category;
  const ends = [ORDER[from], ORDER[target.category]];
  return Math.min(...ends) <= ORDER[status.category] && ORDER[status.category] <= Math.max(...ends);
}

/** What of a screen neither Jira nor the contract nor the lack of a choice fills. */
export const unfilled = ({ required }: Transition, defaults: ScreenDefaults): ScreenField[] =>
  required.filter((field) => !field.hasDefault && valueFor(field, defaults) === undefined);

/** Where there is one choice only, there is nothing to decide. */
function valueFor({ id, choices, isList }: ScreenField, defaults: ScreenDefaults): unknown {
  const value = defaults.get(id);
  if (value !== undefined && isOffered(value, choices)) return value;
  const [only, ...others] = choices ?? [];
  if (only === undefined || others.length > 0) return undefined;
  return isList ? [{ id: only.id }] : { id: only.id };
}

/** What was chosen once may be gone from the screen: there Jira would refuse it. */
function isOffered(value: unknown, choices: ScreenField['choices']): boolean {
  if (choices === undefined) return true;
  return [value].flat().every((one) => {
    const id = typeof one === 'object' && one !== null && 'id' in one ? one.id : undefined;
    return choices.some((choice) => choice.id === id);
  });
}

const fieldsFor = ({ required }: Transition, defaults: ScreenDefaults): Record<string, unknown> =>
  Object.fromEntries(
    required
      .map((field) => [field.id, valueFor(field, defaults)] as const)
      .filter(([, value]) => value !== undefined),
  );

const refuse = (reason: string): Plan => ({ kind: 'refused', reason });

/** In words: where a screen is in the way, which one, the nearest to the target first. */
function noWay(
  current: string,
  offered: readonly Transition[],
  target: Status,
  { statuses, seen }: Workflow,
  defaults: ScreenDefaults,
): string {
  const here = statuses.find(({ id }) => id === current)?.name ?? 'its status';
  const asking = [offered, ...seen.values()]
    .flat()
    .filter((transition) => unfilled(transition, defaults).length > 0);
  const way = `No transition that the Local User may make leads from ${here} to ${target.name}.`;
  const [nearest] = [...asking.filter(({ to }) => to === target.id), ...asking];
  if (nearest === undefined) return `${way} Look at the workflow and its conditions.`;
  const names = unfilled(nearest, defaults).map(({ name }) => name);
  return `${way} “${nearest.name}” asks for ${names.join(', ')}: choose a default for it in the contract of that site.`;
}
