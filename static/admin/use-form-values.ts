import { useCallback, useRef, useState } from 'react';
import type { FormValues } from './form-values';

export interface FormState {
  values: FormValues;
  /** The values right now. */
  latest: () => FormValues;
  change: (changed: Partial<FormValues>) => void;
}

/**
 * The values of the form. Handlers read `latest()`: UI Kit calls them over an asynchronous bridge, so the
 * one that is called may be of an earlier render than the last change.
 */
export function useFormValues(initial: () => FormValues): FormState {
  const [values, setValues] = useState(initial);
  const current = useRef(values);
  const latest = useCallback(() => current.current, []);
  const change = useCallback((changed: Partial<FormValues>) => {
    current.current = { ...current.current, ...changed };
    setValues(current.current);
  }, []);
  return { values, latest, change };
}
