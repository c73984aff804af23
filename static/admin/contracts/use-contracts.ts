import { useCallback, useState } from 'react';
import type { ContractView } from '../../../src/entry/admin/api';
import { contractOptions, listContracts } from '../api';
import { useAnswer, type Asked } from '../use-answer';
import type { Project } from './form-values';

export interface Contracts extends Asked {
  /** By name. */
  all: readonly ContractView[];
  /** Takes over what an answer said, without asking again. */
  put: (contract: ContractView) => void;
  drop: (id: string) => void;
}

/** The contracts of a connection. They are one record, so a listing never lags behind. */
export function useContracts(connection: string): Contracts {
  const [all, setAll] = useState<readonly ContractView[]>([]);
  const take = useCallback((listed: ContractView[]) => setAll(byName(listed)), []);
  const ask = useCallback(() => listContracts(connection), [connection]);
  const asked = useAnswer(ask, take);
  const put = useCallback(
    (one: ContractView) =>
      setAll((before) => byName([...before.filter(({ id }) => id !== one.id), one])),
    [],
  );
  const drop = useCallback(
    (id: string) => setAll((before) => before.filter((one) => one.id !== id)),
    [],
  );
  return { ...asked, all, put, drop };
}

export interface ContractOptions extends Asked {
  projects: readonly Project[];
}

/** What the form of a contract offers. */
export function useContractOptions(connection: string): ContractOptions {
  const [projects, setProjects] = useState<readonly Project[]>([]);
  const take = useCallback((options: { projects: Project[] }) => setProjects(options.projects), []);
  const ask = useCallback(() => contractOptions(connection), [connection]);
  return { ...useAnswer(ask, take), projects };
}

function byName(contracts: readonly ContractView[]): ContractView[] {
  return [...contracts].sort((a, b) => a.name.localeCompare(b.name));
}
