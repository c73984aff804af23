import React from 'react';
import { ErrorMessage, HelperMessage, Heading, RadioGroup, Select, Stack } from '@forge/react';
import { Field, type FieldProps } from '../field';
import { isKeyOf, keysOf } from './words';

interface Option {
  value: string;
  label: string;
}

interface SelectFieldProps extends FieldProps {
  options: readonly Option[];
  isLoading: boolean;
  placeholder: string;
}

/** One of a list. */
export function SelectField(
  props: SelectFieldProps & { value: string; onChange: (value: string) => void },
) {
  const { options, value, onChange } = props;
  return (
    <Field {...props}>
      <Select
        key={props.focus}
        {...selectProps(props)}
        value={options.find((option) => option.value === value) ?? null}
        // Cleared, the field hands over nothing.
        onChange={(option: Option | null) => onChange(option?.value ?? '')}
      />
    </Field>
  );
}

/** Any number of a list. */
export function MultiSelectField(
  props: SelectFieldProps & {
    value: readonly string[];
    isDisabled: boolean;
    onChange: (value: string[]) => void;
  },
) {
  const { options, value, isDisabled, onChange } = props;
  return (
    <Field {...props}>
      <Select
        key={props.focus}
        {...selectProps(props)}
        isMulti
        isDisabled={isDisabled}
        closeMenuOnSelect={false}
        value={options.filter((option) => value.includes(option.value))}
        onChange={(chosen: Option[] | null) => onChange((chosen ?? []).map((one) => one.value))}
      />
    </Field>
  );
}

function selectProps(props: SelectFieldProps) {
  const { id, options, isLoading, placeholder, error, focus, isRequired = false } = props;
  return {
    id,
    name: id,
    testId: id,
    options: [...options],
    isLoading,
    placeholder,
    isRequired,
    isInvalid: error !== undefined,
    autoFocus: focus !== undefined,
  };
}

interface GroupProps {
  /** Of the inputs; the error has it in its `testId`. */
  name: string;
  title: string;
  help: string;
  error?: string | undefined;
}

/** Several inputs that are one field: UI Kit has no label for these, so a heading stands above them. */
export function FieldGroup(props: GroupProps & { children: React.ReactNode }) {
  const { name, title, help, error, children } = props;
  return (
    <Stack space="space.050">
      <Heading as="h4" size="xxsmall">
        {title}
      </Heading>
      {children}
      {error !== undefined && <ErrorMessage testId={`${name}-error`}>{error}</ErrorMessage>}
      <HelperMessage>{help}</HelperMessage>
    </Stack>
  );
}

/** One of a few, all of them seen. */
export function RadioField<Key extends string>(
  props: GroupProps & {
    labels: Readonly<Record<Key, string>>;
    value: Key;
    onChange: (value: Key) => void;
  },
) {
  const { name, labels, value, onChange } = props;
  return (
    <FieldGroup {...props}>
      <RadioGroup
        name={name}
        testId={name}
        value={value}
        isInvalid={props.error !== undefined}
        options={keysOf(labels).map((key) => ({ name, value: key, label: labels[key] }))}
        onChange={(event) => {
          const chosen: unknown = event.target.value;
          if (isKeyOf(labels, chosen)) onChange(chosen);
        }}
      />
    </FieldGroup>
  );
}
