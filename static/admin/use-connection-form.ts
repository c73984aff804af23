import { useRef, useState } from 'react';
import type {
  ApiError,
  ConnectionDraft,
  ConnectionView,
  TestReport,
} from '../../src/entry/admin/api';
import { addConnection, generateKey, testConnection, updateConnection } from './api';
import {
  changesOf,
  draftOf,
  entersLocalKey,
  errorsAfter,
  FIELDS,
  initialValues,
  missingFields,
  type FormValues,
} from './form-values';
import { isWeak, type KeyRating } from './key-rating';
import { useFormErrors } from './use-form-errors';
import { useFormValues } from './use-form-values';
import { useKeyRating } from './use-key-rating';
import { useOneAtATime } from './use-one-at-a-time';

/** What runs at the moment; only one at a time. */
export type Busy = 'saving' | 'testing' | 'generating' | undefined;

export interface ConnectionFormState {
  values: FormValues;
  change: (changed: Partial<FormValues>) => void;
  errors: readonly ApiError[];
  errorAt: (field: keyof ConnectionDraft) => string | undefined;
  /** Other than `undefined`: the field takes the focus, again whenever this changes (`TextField`). */
  focusOf: (field: keyof ConnectionDraft) => string | undefined;
  busy: Busy;
  /** What was last tried with the whole form, and `errors` are of. */
  attempted: 'saving' | 'testing' | undefined;
  rating: KeyRating | undefined;
  /** The key is weak, and the admin was asked whether to use it all the same. */
  asksAboutWeakKey: boolean;
  /** `isCurrent`: of the values that stand in the form now. */
  tested: { report: TestReport; isCurrent: boolean } | undefined;
  generate: () => Promise<void>;
  test: () => Promise<void>;
  save: () => Promise<void>;
}

interface Callbacks {
  onSaved: (saved: ConnectionView) => void;
  /** The stored connection was tested as it is. */
  onTested: (id: string, report: TestReport) => void;
}

/**
 * The form of a connection: nothing that was typed is ever lost by an error, and all of it goes when the
 * form does.
 */
export function useConnectionForm(
  stored: ConnectionView | undefined,
  { onSaved, onTested }: Callbacks,
): ConnectionFormState {
  const { values, latest, change } = useFormValues(() => initialValues(stored));
  const { rating, ratingOf, rated } = useKeyRating(values.localKey);
  const { errors, setErrors, errorAt, focusOf, tell } = useFormErrors(FIELDS, latest);
  const { busy, alone } = useOneAtATime<NonNullable<Busy>>();
  const [attempted, setAttempted] = useState<'saving' | 'testing'>();
  const [report, setReport] = useState<{ report: TestReport; of: FormValues }>();
  const [weakKey, setWeakKey] = useState<string>();
  const askedAbout = useRef<string>();

  /** Whether nothing required is missing; what is missing is told at its field. */
  const isComplete = (): boolean => {
    const missing = missingFields(latest(), stored);
    tell(missing, latest());
    return missing.length === 0;
  };

  /** Whether the admin must be asked first: once for each weak key. */
  const mustAsk = async (): Promise<boolean> => {
    const { localKey } = latest();
    if (!entersLocalKey(latest(), stored) || askedAbout.current === localKey) return false;
    const found = await ratingOf(localKey);
    if (found === undefined || !isWeak(found)) return false;
    askedAbout.current = localKey;
    setWeakKey(localKey);
    return true;
  };

  const generate = () =>
    alone('generating', async () => {
      const answer = await generateKey();
      if (!answer.ok) {
        setErrors(() => answer.errors.map((error) => ({ ...error, field: 'localKey' })));
        return;
      }
      rated({ ...answer.value, suggestions: [] });
      const changed = { localKey: answer.value.key, localKeyIsGenerated: true };
      change(changed);
      setErrors((before) => errorsAfter(before, changed));
    });

  const test = () =>
    alone('testing', async () => {
      setAttempted('testing');
      if (!isComplete()) return;
      setReport(undefined);
      const of = latest();
      const changes = stored === undefined ? undefined : changesOf(of, stored);
      const asStored = changes !== undefined && Object.keys(changes).length === 0;
      const answer = await testConnection(
        stored === undefined || changes === undefined
          ? { draft: draftOf(of) }
          : { id: stored.id, ...(asStored ? {} : { changes }) },
      );
      if (!answer.ok) {
        tell(answer.errors, of);
        return;
      }
      setReport({ report: answer.value, of });
      if (stored !== undefined && asStored) onTested(stored.id, answer.value);
    });

  const save = () =>
    alone('saving', async () => {
      setAttempted('saving');
      // Asked, and pressed again: the question is answered.
      setWeakKey(undefined);
      if (!isComplete() || (await mustAsk())) return;
      const of = latest();
      const answer =
        stored === undefined
          ? await addConnection(draftOf(of))
          : await updateConnection(stored.id, changesOf(of, stored));
      if (answer.ok) onSaved(answer.value);
      else tell(answer.errors, of);
    });

  return {
    values,
    change: (changed) => {
      change(changed);
      setErrors((before) => errorsAfter(before, changed));
    },
    errors,
    errorAt,
    focusOf,
    busy,
    attempted,
    rating,
    asksAboutWeakKey: values.localKey !== '' && weakKey === values.localKey,
    tested: report && { report: report.report, isCurrent: report.of === values },
    generate,
    test,
    save,
  };
}
