/** What is stored of contracts, read. */
import type { ContractStore } from './ports';
import { contractsKey, ROUTES_KEY, type ContractsRecord, type RoutesRecord } from './records';

export const readContracts = (
  store: ContractStore,
  connection: string,
): Promise<ContractsRecord | undefined> => store.find('contracts', contractsKey(connection));

export const readRoutes = (store: ContractStore): Promise<RoutesRecord | undefined> =>
  store.find('contract-routes', ROUTES_KEY);
