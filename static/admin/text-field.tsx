import React from 'react';
import { ErrorMessage, HelperMessage, Label, RequiredAsterisk, Textfield } from '@forge/react';

interface TextFieldProps {
  /** Of the input, and its `testId`. */
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: React.ReactNode;
  error?: string | undefined;
  type?: 'text' | 'password';
  isRequired?: boolean;
  isDisabled?: boolean;
  /** Has the focus as soon as it is there. */
  autoFocus?: boolean;
  placeholder?: string;
}

/**
 * An input with its label, its help and its error. The browser keeps what is typed (`defaultValue`, as
 * `useForm` of UI Kit does): letters cannot be lost on the way over the bridge.
 */
export function TextField({
  id,
  label,
  value,
  onChange,
  help,
  error,
  type = 'text',
  isRequired = false,
  isDisabled = false,
  autoFocus = false,
  placeholder = '',
}: TextFieldProps) {
  return (
    <>
      <Label labelFor={id}>
        {label}
        {isRequired && <RequiredAsterisk />}
      </Label>
      <Textfield
        id={id}
        name={id}
        testId={id}
        type={type}
        defaultValue={value}
        placeholder={placeholder}
        isRequired={isRequired}
        isDisabled={isDisabled}
        autoFocus={autoFocus}
        isInvalid={error !== undefined}
        onChange={(event) => onChange(String(event.target.value ?? ''))}
      />
      {error !== undefined && <ErrorMessage testId={`${id}-error`}>{error}</ErrorMessage>}
      {help !== undefined && <HelperMessage>{help}</HelperMessage>}
    </>
  );
}
