/** Where an event of Jira goes: taken out of the contracts, so that it costs one read. */
import type { Contract, ContractRoute } from './records';

/** What a route says of its connection. */
export type RouteEnd = Pick<ContractRoute, 'localUser' | 'passive'>;

/** The routes of one connection: its enabled contracts that send. */
export function routesOf(
  connection: string,
  { localUser, passive }: RouteEnd,
  contracts: readonly Contract[],
): ContractRoute[] {
  return contracts
    .filter(({ enabled, direction }) => enabled && direction !== 'receive')
    .map(({ id, project, issueTypes }) => ({
      connection,
      contract: id,
      project: project.id,
      issueTypes: issueTypes.map((type) => type.id),
      localUser,
      passive,
    }));
}

/** All routes, those of one connection replaced. */
export const withRoutesOf = (
  connection: string,
  all: readonly ContractRoute[],
  own: readonly ContractRoute[],
): ContractRoute[] => [...all.filter((route) => route.connection !== connection), ...own];
