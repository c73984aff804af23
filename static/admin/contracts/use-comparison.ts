import { useCallback, useRef, useState } from 'react';
import type { ApiError, ContractComparison, ContractView } from '../../../src/entry/admin/api';
import { compareContracts } from '../api';

export interface Comparison {
  isAsking: boolean;
  /** What the last answer said beside the contracts. */
  last: Pick<ContractComparison, 'toldAt' | 'problem'> | undefined;
  /** The last call brought no answer of our own site. */
  errors: readonly ApiError[];
  compare: () => Promise<void>;
}

/**
 * Asks the other site for its contracts.
 *
 * @param take what to do with ours as they are then; the same function always
 */
export function useComparison(
  connection: string,
  take: (compared: readonly ContractView[]) => void,
): Comparison {
  const [isAsking, setIsAsking] = useState(false);
  const [last, setLast] = useState<Comparison['last']>();
  const [errors, setErrors] = useState<readonly ApiError[]>([]);
  /** Something may be saved while the other site is asked: the newest question counts. */
  const newest = useRef(0);
  const compare = useCallback(async () => {
    const own = (newest.current += 1);
    setIsAsking(true);
    const answer = await compareContracts(connection);
    if (own !== newest.current) return;
    setIsAsking(false);
    setErrors(answer.ok ? [] : answer.errors);
    if (!answer.ok) return;
    const { contracts, ...told } = answer.value;
    take(contracts);
    setLast(told);
  }, [connection, take]);
  return { isAsking, last, errors, compare };
}
