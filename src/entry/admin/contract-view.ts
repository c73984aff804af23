/** A stored contract as the admin page sees it. */
import type { WaitingIssue } from '../../contract/ports';
import type { StoredContract } from '../../contract/records';
import type { ContractView } from './api';

/** @param traffic of the whole connection */
export function contractView(
  connection: string,
  contract: StoredContract,
  traffic: readonly WaitingIssue[],
): ContractView {
  const { project, issueTypes, jql } = contract;
  const own = traffic.filter((issue) => issue.contract === contract.id);
  const failed = own.filter((issue) => issue.failed).length;
  return {
    connection,
    id: contract.id,
    name: contract.name,
    enabled: contract.enabled,
    projectId: project.id,
    project: { key: project.key, name: project.name },
    issueTypeIds: issueTypes.map(({ id }) => id),
    issueTypes: issueTypes.map(({ id, name }) => ({ id, name })),
    ...(jql === undefined ? {} : { jql }),
    events: [...contract.events],
    direction: contract.direction,
    policy: contract.policy,
    internalComments: contract.internalComments,
    onRemoteDelete: contract.onRemoteDelete,
    screenDefaults: (contract.screenDefaults ?? []).map(({ fieldId, value, name, label }) => ({
      fieldId,
      value,
      name,
      label,
    })),
    ...fieldsView(contract),
    bound: contract.remote !== undefined,
    waiting: own.length - failed,
    failed,
    reasons: reasonsOf(own),
  };
}

/** What is mapped, in the order of Jira's form, and what is not. */
export function fieldsView({
  mapping,
  fields,
  notMapped,
}: Pick<StoredContract, 'mapping' | 'fields' | 'notMapped'>): Pick<
  ContractView,
  'mapped' | 'notMapped'
> {
  const mapped = mapping.map(({ alias, fieldId, direction }) => ({
    alias,
    field: fields.find(({ id }) => id === fieldId)?.name ?? fieldId,
    direction,
  }));
  return { mapped, notMapped: [...notMapped] };
}

function reasonsOf(issues: readonly WaitingIssue[]): ContractView['reasons'] {
  const counts = new Map<string, number>();
  for (const { reason } of issues) {
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((one, other) => other.count - one.count);
}
