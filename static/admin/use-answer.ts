import { useCallback, useEffect, useState } from 'react';
import type { Answer, ApiError } from '../../src/entry/admin/api';

export interface Asked {
  /** `loading`: for the first time; a reload keeps showing what is known. */
  state: 'loading' | 'loaded' | 'failed' | 'forbidden';
  isReloading: boolean;
  /** Of the last call. */
  errors: readonly ApiError[];
  reload: () => Promise<void>;
}

/**
 * Asks the resolver at once, and again when told to.
 *
 * @param ask the same function as long as the same is asked
 * @param take what to do with each answer; the same function always
 */
export function useAnswer<T>(ask: () => Promise<Answer<T>>, take: (value: T) => void): Asked {
  const [state, setState] = useState<Asked['state']>('loading');
  const [isReloading, setIsReloading] = useState(false);
  const [errors, setErrors] = useState<readonly ApiError[]>([]);
  const reload = useCallback(async () => {
    setIsReloading(true);
    const answer = await ask();
    setIsReloading(false);
    if (answer.ok) {
      take(answer.value);
      setErrors([]);
      setState('loaded');
      return;
    }
    setErrors(answer.errors);
    if (answer.errors.some(({ code }) => code === 'forbidden')) setState('forbidden');
    else setState((before) => (before === 'loaded' ? 'loaded' : 'failed'));
  }, [ask, take]);
  useEffect(() => void reload(), [reload]);
  return { state, isReloading, errors, reload };
}
