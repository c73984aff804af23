import { useCallback, useState } from 'react';
import type { Answer, ContractView, DemandedScreenField } from '../../../src/entry/admin/api';
import { contractOptions, contractScreens, listContracts } from '../api';
import { useAnswer, type Asked } from '../use-answer';
import type { Project } from './form-values';

export interface Contracts extends Asked {
  /** By name. */
  all: readonly ContractView[];
  /** Takes over what an answer said, without asking again. */
  put: (contract: ContractView) => void;
  drop: (id: string) => void;
  /** Takes over what is said of the other site, and nothing else: something may have been changed meanwhile. */
  compared: (contracts: readonly ContractView[]) => void;
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
  const compared = useCallback(
    (contracts: readonly ContractView[]) =>
      setAll((before) =>
        before.map((one) => {
          const told = contracts.find(({ id }) => id === one.id);
          if (told === undefined) return one;
          const { counterpart: _before, ...rest } = one;
          const { bound, misfits, counterpart } = told;
          return { ...rest, bound, misfits, ...(counterpart ? { counterpart } : {}) };
        }),
      ),
    [],
  );
  return { ...asked, all, put, drop, compared };
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

export interface Screens extends Asked {
  /** `undefined`: not known yet. */
  screens: readonly DemandedScreenField[] | undefined;
}

interface ScreensOf {
  projectId: string;
  screens: readonly DemandedScreenField[];
}

/** What screens of a project ask for. @param projectId empty: nobody wants to know */
export function useScreens(connection: string, projectId: string): Screens {
  const [known, setKnown] = useState<ReadonlyMap<string, ScreensOf['screens']>>(new Map());
  const take = useCallback(
    // Whoever goes from project to project may hear of the first one last.
    (told: ScreensOf) => setKnown((before) => new Map(before).set(told.projectId, told.screens)),
    [],
  );
  const ask = useCallback(async (): Promise<Answer<ScreensOf>> => {
    if (projectId === '') return { ok: true, value: { projectId, screens: [] } };
    const answer = await contractScreens({ connection, projectId });
    return answer.ok ? { ok: true, value: { projectId, ...answer.value } } : answer;
  }, [connection, projectId]);
  return { ...useAnswer(ask, take), screens: known.get(projectId) };
}

function byName(contracts: readonly ContractView[]): ContractView[] {
  return [...contracts].sort((a, b) => a.name.localeCompare(b.name));
}
