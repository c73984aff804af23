import React from 'react';
import { ErrorMessage, Stack, Text } from '@forge/react';
import { Failure } from '../failure';
import { FormPart } from '../form-part';
import { TextField } from '../text-field';
import { SelectField } from './choice-fields';
import type { ScreenFieldShown } from './field-choices';
import type { ContractFormState } from './use-contract-form';

/** Defaults for what screens on the way to a status ask for. Nothing where no screen asks for anything. */
export function ScreenFields({ form }: { form: ContractFormState }) {
  const { fields, asked } = form.choices;
  const error = form.errorAt('screenDefaults');
  if (fields.length === 0 && asked.errors.length === 0) return null;
  return (
    <FormPart title="When an issue is moved">
      <Text>
        A status that comes is reached through the transitions of the workflow here. These fields
        must be filled on a screen on the way: choose what IssueSYNC fills in.
      </Text>
      {asked.errors.length > 0 && (
        <Failure
          title="The fields of the project could not be loaded"
          errors={asked.errors}
          onRetry={() => void asked.reload()}
        />
      )}
      {fields.map((field, index) => (
        <Stack key={field.fieldId}>
          <ScreenField
            field={field}
            form={form}
            focus={index === 0 ? form.focusOf('screenDefaults') : undefined}
          />
        </Stack>
      ))}
      {error !== undefined && <ErrorMessage testId="screen-defaults-error">{error}</ErrorMessage>}
    </FormPart>
  );
}

interface ScreenFieldProps {
  field: ScreenFieldShown;
  form: ContractFormState;
  focus: string | undefined;
}

function ScreenField({ field, form, focus }: ScreenFieldProps) {
  const { fieldId, name, input, choices } = field;
  if (input === 'none') {
    return (
      <Text>
        <Text as="strong">{name}</Text>: {askedFor(field)} It cannot have a default: make it
        optional in Jira, or move such issues by hand.
      </Text>
    );
  }
  const props = {
    id: `screen-default-${fieldId}`,
    label: name,
    focus,
    value: form.values.screenDefaults[fieldId] ?? '',
    // The others as they are now, not as they were drawn.
    onChange: (value: string) =>
      form.change({ screenDefaults: { ...form.latest().screenDefaults, [fieldId]: value } }),
    help: `${askedFor(field)} Without a default such an issue stays where it is, and the other site is told why.`,
  };
  return input === 'text' ? (
    <TextField {...props} />
  ) : (
    <SelectField
      {...props}
      options={choices.map(({ id, name: label }) => ({ value: id, label }))}
      isLoading={false}
      placeholder="No default"
    />
  );
}

function askedFor({ transitions }: ScreenFieldShown): string {
  if (transitions.length === 0) return 'No transition that was looked at asks for it now.';
  return `Asked for by ${transitions.map((transition) => `“${transition}”`).join(', ')}.`;
}
