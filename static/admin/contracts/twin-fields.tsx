import React from 'react';
import { Stack, Text } from '@forge/react';
import { FormPart } from '../form-part';
import { SelectField } from './choice-fields';
import { LABELS } from './form-values';
import type { ContractFormState } from './use-contract-form';

/** Fields that show people where the twin stands. Nothing for who only sends: nobody tells it then. */
export function TwinFields({ form }: { form: ContractFormState }) {
  const { textFields, asked } = form.choices;
  if (form.values.direction === 'send' || form.values.projectId === '') return null;
  const field = (name: 'statusField' | 'keyField', id: string, help: string) => (
    <Stack>
      <SelectField
        id={id}
        label={LABELS[name]}
        focus={form.focusOf(name)}
        value={form.values[name]}
        onChange={(value) => form.change({ [name]: value })}
        options={textFields.map(({ fieldId, name: label }) => ({ value: fieldId, label }))}
        isLoading={asked.isReloading}
        placeholder="Shown nowhere"
        help={help}
        error={form.errorAt(name)}
      />
    </Stack>
  );
  return (
    <FormPart title="Show the issue of the other site">
      <Text>
        Two fields of your issues can tell people where the twin stands. They show it and are
        synchronized nowhere: choose fields that are used for nothing else.
      </Text>
      {asked.state === 'loaded' && textFields.length === 0 && (
        <Text testId="no-text-fields">
          The issue types have no field that fits. Create one in Jira, of the type “Short text
          (plain text only)”, and put it on the screens of the project; then open this form again.
        </Text>
      )}
      {field('statusField', 'status-field', 'The status that the issue of the other site is in.')}
      {field('keyField', 'key-field', 'The key that it has there, to ask for it.')}
    </FormPart>
  );
}
