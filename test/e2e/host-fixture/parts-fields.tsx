/** UI Kit's fields, each with a handler for each of its events. */
import {
  Button,
  Checkbox,
  CheckboxGroup,
  ErrorMessage,
  Form,
  FormFooter,
  FormHeader,
  FormSection,
  HelperMessage,
  Label,
  Radio,
  RadioGroup,
  RequiredAsterisk,
  Select,
  Stack,
  Textfield,
  TextArea,
  Toggle,
  User,
  UserPicker,
  ValidMessage,
  useForm,
} from '@forge/react';
import React from 'react';
import type { PartProps } from './log';

const COLOURS = [
  { label: 'Red', value: 'red' },
  { label: 'Green', value: 'green' },
];

export const Texts = ({ log }: PartProps) => (
  <Stack>
    <Label labelFor="text">
      Text
      <RequiredAsterisk />
    </Label>
    <Textfield
      id="text"
      name="text"
      onChange={log('Textfield.onChange')}
      onFocus={log('Textfield.onFocus')}
      onBlur={log('Textfield.onBlur')}
    />
    <ErrorMessage>It is wrong.</ErrorMessage>
    <HelperMessage>It helps.</HelperMessage>
    <ValidMessage>It is right.</ValidMessage>
    <Label labelFor="area">Area</Label>
    <TextArea
      id="area"
      name="area"
      onChange={log('TextArea.onChange')}
      onFocus={log('TextArea.onFocus')}
      onBlur={log('TextArea.onBlur')}
    />
  </Stack>
);

export const Choices = ({ log }: PartProps) => (
  <Stack>
    <Checkbox
      id="check"
      name="check"
      value="yes"
      label="Check"
      onChange={log('Checkbox.onChange')}
      onFocus={log('Checkbox.onFocus')}
      onBlur={log('Checkbox.onBlur')}
    />
    <Label labelFor="lamp">Lamp</Label>
    <Toggle
      id="lamp"
      name="lamp"
      onChange={log('Toggle.onChange')}
      onFocus={log('Toggle.onFocus')}
      onBlur={log('Toggle.onBlur')}
    />
    <Radio name="alone" value="alone" label="Alone" onChange={log('Radio.onChange')} />
    <RadioGroup
      name="size"
      options={[
        { name: 'size', label: 'Small', value: 'small' },
        { name: 'size', label: 'Large', value: 'large' },
      ]}
      onChange={log('RadioGroup.onChange')}
    />
    <CheckboxGroup
      name="fields"
      defaultValue={['summary']}
      options={[
        { label: 'Status', value: 'status' },
        { label: 'Summary', value: 'summary' },
        { label: 'Owner', value: 'owner', isDisabled: true },
      ]}
      onChange={log('CheckboxGroup.onChange')}
    />
  </Stack>
);

export const Pickers = ({ log }: PartProps) => (
  <Stack>
    <Label labelFor="colour">Colour</Label>
    <Select
      inputId="colour"
      options={COLOURS}
      onChange={log('Select.onChange')}
      onFocus={log('Select.onFocus')}
      onBlur={log('Select.onBlur')}
    />
    <Label labelFor="colours">Colours</Label>
    <Select inputId="colours" options={COLOURS} isMulti onChange={log('Select.onChange')} />
    <UserPicker label="Owner" name="owner" onChange={log('UserPicker.onChange')} />
    <User accountId="712020:ada" />
  </Stack>
);

/** What `useForm` spreads into a field is its own; the form gets the values. */
export function FormPart({ log }: PartProps) {
  const { handleSubmit, register } = useForm<{ name: string }>();
  const tell = log('useForm.values');
  const submit = handleSubmit((values) => tell(values));
  const logSubmit = log('Form.onSubmit');
  return (
    <Form
      onSubmit={(...args: unknown[]) => {
        logSubmit(...args);
        return submit();
      }}
    >
      <FormHeader title="A form" />
      <FormSection>
        <Label labelFor="form-name">Name</Label>
        <Textfield {...register('name')} id="form-name" />
      </FormSection>
      <FormFooter>
        <Button type="submit">Send</Button>
      </FormFooter>
    </Form>
  );
}
