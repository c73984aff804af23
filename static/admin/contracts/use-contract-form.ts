import { useState } from 'react';
import type { ContractPreview, ContractView } from '../../../src/entry/admin/api';
import { addContract, previewContract, updateContract } from '../api';
import { useFormErrors, type FormErrors } from '../use-form-errors';
import { useFormValues } from '../use-form-values';
import { useOneAtATime } from '../use-one-at-a-time';
import type { Asked } from '../use-answer';
import {
  draftOf,
  errorsAfter,
  FIELDS,
  initialValues,
  missingFields,
  type ContractValues,
  type Project,
} from './form-values';
import { screenFields, textFields, type FieldChoices } from './field-choices';
import { useProjectChoices } from './use-contracts';

type Work = 'saving' | 'previewing';

export interface ContractFormState extends Pick<
  FormErrors<ContractValues, keyof ContractValues>,
  'errors' | 'errorAt' | 'focusOf'
> {
  values: ContractValues;
  /** The values right now, for handlers (`useFormValues`). */
  latest: () => ContractValues;
  change: (changed: Partial<ContractValues>) => void;
  /** What the project offers. */
  choices: FieldChoices & { asked: Asked };
  busy: Work | undefined;
  /** What was last tried with the whole form, and `errors` are of. */
  attempted: Work | undefined;
  /** `isCurrent`: of the values that stand in the form now. */
  previewed: { preview: ContractPreview; isCurrent: boolean } | undefined;
  preview: () => Promise<void>;
  save: () => Promise<void>;
}

interface Subject {
  /** Id of the connection. */
  connection: string;
  /** None: a new contract. */
  stored: ContractView | undefined;
  projects: readonly Project[];
  onSaved: (saved: ContractView) => void;
}

/** The form of a contract: nothing that was typed is lost by an error. */
export function useContractForm({
  connection,
  stored,
  projects,
  onSaved,
}: Subject): ContractFormState {
  const { values, latest, change } = useFormValues(() => initialValues(stored));
  const { errors, setErrors, errorAt, focusOf, tell } = useFormErrors(FIELDS, latest);
  // Whoever only sends moves nothing here, and shows nothing.
  const askedFor = values.direction === 'send' ? '' : values.projectId;
  const asked = useProjectChoices(connection, askedFor);
  const choices: FieldChoices = {
    fields: screenFields(values, projects, asked.choices?.screens, stored),
    textFields: textFields(values, projects, asked.choices?.textFields, stored),
  };
  const { busy, alone } = useOneAtATime<Work>();
  const [attempted, setAttempted] = useState<Work>();
  const [previewed, setPreviewed] = useState<{ preview: ContractPreview; of: ContractValues }>();

  /** Whether nothing required is missing; what is missing is told at its field. */
  const isComplete = (purpose: 'save' | 'preview'): boolean => {
    const missing = missingFields(latest(), purpose);
    tell(missing, latest());
    return missing.length === 0;
  };

  const preview = () =>
    alone('previewing', async () => {
      setAttempted('previewing');
      setPreviewed(undefined);
      if (!isComplete('preview')) return;
      const of = latest();
      const answer = await previewContract(draftOf(of, connection, projects, choices));
      if (answer.ok) setPreviewed({ preview: answer.value, of });
      else tell(answer.errors, of);
    });

  const save = () =>
    alone('saving', async () => {
      setAttempted('saving');
      if (!isComplete('save')) return;
      const of = latest();
      const draft = draftOf(of, connection, projects, choices);
      const answer = await (stored === undefined
        ? addContract(draft)
        : updateContract(stored.id, draft));
      if (answer.ok) onSaved(answer.value);
      else tell(answer.errors, of);
    });

  return {
    values,
    latest,
    change: (changed) => {
      change(changed);
      setErrors((before) => errorsAfter(before, changed));
    },
    errors,
    errorAt,
    focusOf,
    choices: { ...choices, asked },
    busy,
    attempted,
    previewed: previewed && { preview: previewed.preview, isCurrent: previewed.of === values },
    preview,
    save,
  };
}
