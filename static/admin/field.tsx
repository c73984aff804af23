import React from 'react';
import { ErrorMessage, HelperMessage, Label, RequiredAsterisk } from '@forge/react';

export interface FieldProps {
  /** Of the input, and its `testId`. */
  id: string;
  label: string;
  help?: React.ReactNode;
  error?: string | undefined;
  isRequired?: boolean;
  /**
   * Takes the focus, at first and whenever it becomes another text. UI Kit can only give it to a field that is
   * new, so the field is made anew, with what stands in it.
   */
  focus?: string | undefined;
}

/** An input with its label, its help and its error. */
export function Field(props: Omit<FieldProps, 'focus'> & { children: React.ReactNode }) {
  const { id, label, help, error, isRequired = false, children } = props;
  return (
    <>
      <Label labelFor={id}>
        {label}
        {isRequired && <RequiredAsterisk />}
      </Label>
      {children}
      {error !== undefined && <ErrorMessage testId={`${id}-error`}>{error}</ErrorMessage>}
      {help !== undefined && <HelperMessage>{help}</HelperMessage>}
    </>
  );
}
