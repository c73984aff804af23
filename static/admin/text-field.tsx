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
  /**
   * Takes the focus, at first and whenever it becomes another text. UI Kit can only give it to a field that is
   * new, so the field is made anew, with what stands in it.
   */
  focus?: string | undefined;
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
  focus,
  placeholder = '',
}: TextFieldProps) {
  return (
    <>
      <Label labelFor={id}>
        {label}
        {isRequired && <RequiredAsterisk />}
      </Label>
      <Textfield
        key={focus}
        id={id}
        name={id}
        testId={id}
        type={type}
        defaultValue={value}
        placeholder={placeholder}
        isRequired={isRequired}
        isDisabled={isDisabled}
        autoFocus={focus !== undefined}
        isInvalid={error !== undefined}
        onChange={(event) => onChange(String(event.target.value ?? ''))}
      />
      {error !== undefined && <ErrorMessage testId={`${id}-error`}>{error}</ErrorMessage>}
      {help !== undefined && <HelperMessage>{help}</HelperMessage>}
    </>
  );
}
