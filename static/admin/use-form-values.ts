import { useCallback, useRef, useState } from 'react';

export interface FormState<Values> {
  values: Values;
  /** The values right now. */
  latest: () => Values;
  change: (changed: Partial<Values>) => void;
}

/**
 * The values of a form. Handlers read `latest()`: UI Kit calls them over an asynchronous bridge, so the
 * one that is called may be of an earlier render than the last change.
 */
export function useFormValues<Values>(initial: () => Values): FormState<Values> {
  const [values, setValues] = useState(initial);
  const current = useRef(values);
  const latest = useCallback(() => current.current, []);
  const change = useCallback((changed: Partial<Values>) => {
    current.current = { ...current.current, ...changed };
    setValues(current.current);
  }, []);
  return { values, latest, change };
}
