import React from 'react';
import { HelperMessage, Label, TextArea, Textfield } from '@forge/react';

interface CopyFieldProps {
  /** Of the input, and its `testId`. */
  id: string;
  label: string;
  value: string;
  /** Longer than a line: all of it is shown. */
  isLong?: boolean;
  help: string;
}

/** How to copy what stands in a field. */
export const HOW_TO_COPY = 'Click into it, select all (Ctrl+A or ⌘A) and copy it.';

/** Something to be handed over. UI Kit has no clipboard: it is selected and copied by hand. */
export function CopyField({ id, label, value, isLong = false, help }: CopyFieldProps) {
  return (
    <>
      <Label labelFor={id}>{label}</Label>
      {isLong ? (
        <TextArea
          id={id}
          name={id}
          testId={id}
          value={value}
          isReadOnly
          isMonospaced
          minimumRows={2}
          resize="none"
        />
      ) : (
        <Textfield id={id} name={id} testId={id} value={value} isReadOnly isMonospaced />
      )}
      <HelperMessage>{help}</HelperMessage>
    </>
  );
}
