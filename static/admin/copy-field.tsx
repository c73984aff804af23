import React from 'react';
import { HelperMessage, Label, Textfield } from '@forge/react';

interface CopyFieldProps {
  /** Of the input, and its `testId`. */
  id: string;
  label: string;
  value: string;
  help: string;
}

/** Something to be handed over. UI Kit has no clipboard: it is selected and copied by hand. */
export function CopyField({ id, label, value, help }: CopyFieldProps) {
  return (
    <>
      <Label labelFor={id}>{label}</Label>
      <Textfield id={id} name={id} testId={id} value={value} isReadOnly isMonospaced />
      <HelperMessage>{help}</HelperMessage>
    </>
  );
}
