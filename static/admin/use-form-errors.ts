import { useState } from 'react';
import type { ApiError } from '../../src/entry/admin/api';

type DraftField = NonNullable<ApiError['field']>;

export interface FormErrors<Values, Field extends DraftField> {
  errors: readonly ApiError[];
  setErrors: (next: (before: readonly ApiError[]) => readonly ApiError[]) => void;
  errorAt: (field: Field) => string | undefined;
  /** Other than `undefined`: the field takes the focus, again whenever this changes (`TextField`). */
  focusOf: (field: Field) => string | undefined;
  /**
   * Tells what is wrong with these values. The first field of them takes the focus, unless somebody has gone on
   * typing meanwhile.
   */
  tell: (wrong: readonly ApiError[], of: Values) => void;
}

/**
 * What is wrong with a form, each error at its field.
 *
 * @param fields in the order of the form
 */
export function useFormErrors<Values, Field extends DraftField>(
  fields: readonly Field[],
  latest: () => Values,
): FormErrors<Values, Field> {
  const [errors, setErrors] = useState<readonly ApiError[]>([]);
  /** How often each field took the focus. */
  const [focused, setFocused] = useState<ReadonlyMap<Field, number>>(new Map());
  const tell = (wrong: readonly ApiError[], of: Values): void => {
    setErrors(wrong);
    const field = fields.find((one) => wrong.some((error) => error.field === one));
    if (field === undefined || latest() !== of) return;
    setFocused((before) => new Map(before).set(field, (before.get(field) ?? 0) + 1));
  };
  return {
    errors,
    setErrors,
    errorAt: (field) => errors.find((error) => error.field === field)?.message,
    focusOf: (field) => (focused.has(field) ? `${focused.get(field)} times` : undefined),
    tell,
  };
}
