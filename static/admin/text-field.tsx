import React from 'react';
import { TextArea, Textfield } from '@forge/react';
import { Field, type FieldProps } from './field';

interface TextProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  isDisabled?: boolean;
  placeholder?: string;
}

/**
 * One line of text. The browser keeps what is typed (`defaultValue`, as `useForm` of UI Kit does): letters
 * cannot be lost on the way over the bridge.
 */
export function TextField({ type = 'text', ...props }: TextProps & { type?: 'text' | 'password' }) {
  return (
    <Field {...props}>
      <Textfield key={props.focus} type={type} {...inputProps(props)} />
    </Field>
  );
}

/** Several lines of text that are read as a program is. */
export function CodeField(props: TextProps) {
  return (
    <Field {...props}>
      <TextArea key={props.focus} isMonospaced minimumRows={3} {...inputProps(props)} />
    </Field>
  );
}

function inputProps(props: TextProps) {
  const { id, value, onChange, error, isRequired = false, isDisabled = false } = props;
  return {
    id,
    name: id,
    testId: id,
    defaultValue: value,
    placeholder: props.placeholder ?? '',
    isRequired,
    isDisabled,
    autoFocus: props.focus !== undefined,
    isInvalid: error !== undefined,
    onChange: (event: { target: { value?: string } }) => onChange(event.target.value ?? ''),
  };
}
