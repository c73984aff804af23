import { useCallback, useState } from 'react';
import type { AdminApi, Answer, ContractView } from '../../../src/entry/admin/api';
import { contractChoices, contractOptions, listContracts } from '../api';
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

type Choices = AdminApi['contracts/choices']['value'];

export interface ProjectChoices extends Asked {
  /** `undefined`: not known yet. */
  choices: Choices | undefined;
}

/** What can be chosen in a project. @param projectId empty: nobody wants to know */
export function useProjectChoices(connection: string, projectId: string): ProjectChoices {
  const [known, setKnown] = useState<ReadonlyMap<string, Choices>>(new Map());
  const take = useCallback(
    // Whoever goes from project to project may hear of the first one last.
    ([of, told]: readonly [string, Choices]) => setKnown((before) => new Map(before).set(of, told)),
    [],
  );
  const ask = useCallback(async (): Promise<Answer<readonly [string, Choices]>> => {
    if (projectId === '') return { ok: true, value: [projectId, { screens: [], textFields: [] }] };
    const answer = await contractChoices({ connection, projectId });
    return answer.ok ? { ok: true, value: [projectId, answer.value] } : answer;
  }, [connection, projectId]);
  return { ...useAnswer(ask, take), choices: known.get(projectId) };
}

function byName(contracts: readonly ContractView[]): ContractView[] {
  return [...contracts].sort((a, b) => a.name.localeCompare(b.name));
}
