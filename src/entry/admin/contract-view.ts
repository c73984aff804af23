/** Stored contracts as the admin page sees them. */
import type { StoredConnection } from '../../connection/read-connection';
import { compareContract } from '../../contract/compare';
import type { WaitingIssue } from '../../contract/ports';
import type { StoredContract } from '../../contract/records';
import { describeOwn, toldOf } from '../../sync/describe';
import type { ContractView } from './api';
import type { AdminContext } from './handler';

/** All contracts of a connection, by name, each with what waits and what is known of its counterpart. */
export async function contractViews(
  { stores, traffic, siteId }: Pick<AdminContext, 'stores' | 'traffic' | 'siteId'>,
  { id, record }: StoredConnection,
  contracts: readonly StoredContract[],
): Promise<ContractView[]> {
  const [waiting, told] = await Promise.all([traffic.of(id), toldOf(stores, id)]);
  const ours = contracts.map((one) => describeOwn({ site: siteId }, record, one));
  return contracts
    .map((contract, at): ContractView => {
      const own = ours[at];
      const view = contractView(id, contract, waiting);
      if (!own || !told) return { ...view, misfits: [] };
      const { counterpart, problems } = compareContract(own, ours, told.contracts, siteId);
      if (!counterpart) return { ...view, misfits: problems };
      const { name, project, enabled } = counterpart;
      return { ...view, misfits: problems, counterpart: { name, project, enabled } };
    })
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** @param traffic of the whole connection */
function contractView(
  connection: string,
  contract: StoredContract,
  traffic: readonly WaitingIssue[],
): Omit<ContractView, 'misfits' | 'counterpart'> {
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
    ...twinFieldsView(contract),
    ...fieldsView(contract),
    bound: contract.remote !== undefined,
    waiting: own.length - failed,
    failed,
    reasons: reasonsOf(own),
  };
}

function twinFieldsView({
  twinFields: { status, key } = {},
}: StoredContract): Pick<ContractView, 'statusField' | 'keyField' | 'twinFieldNames'> {
  return {
    ...(status ? { statusField: status.id } : {}),
    ...(key ? { keyField: key.id } : {}),
    twinFieldNames: Object.fromEntries(
      [status, key].flatMap((one) => (one ? [[one.id, one.name]] : [])),
    ),
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
