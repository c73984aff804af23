/** UI Kit's fields that choose from a list, and its `User`. */
import Avatar from '@atlaskit/avatar';
import { ErrorMessage, HelperMessage, Label, RequiredAsterisk } from '@atlaskit/form';
import { Inline } from '@atlaskit/primitives/compiled/inline';
import Select, { AsyncSelect } from '@atlaskit/select';
import React, { useEffect, useId, useState } from 'react';
import { type AppFunction } from './app-frame';
import { type Component, component, registrable } from './component';
import { useControlledValue } from './controlled-value';
import { findPerson, type Person, searchPeople } from './jira-people';
import { userEvents } from './user-events';

/** What the app is given for a person (`UserPickerValue` of `@atlaskit/forge-react-types`). */
const pickedValue = ({ accountId, displayName, emailAddress }: Person) => ({
  id: accountId,
  name: displayName,
  email: emailAddress,
  avatarUrl: '',
  type: 'user',
});

/** The person of that account id; `undefined` until Jira has answered, `null` when it knows nobody. */
function usePerson(accountId: string | undefined): Person | null | undefined {
  const [person, setPerson] = useState<Person | null>();
  useEffect(() => {
    let wanted = true;
    if (accountId === undefined) return;
    void findPerson(accountId).then((found) => {
      if (wanted) setPerson(found ?? null);
    });
    return () => {
      wanted = false;
    };
  }, [accountId]);
  return person;
}

const PersonLabel = ({ name }: { name: string }) => (
  <Inline space="space.100" alignBlock="center">
    <Avatar size="xsmall" appearance="circle" />
    {name}
  </Inline>
);

interface UserPickerFieldProps {
  label: string;
  name: string;
  id?: string;
  description?: string;
  placeholder?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  isInvalid?: boolean;
  defaultValue?: string | string[];
  onChange?: AppFunction;
  onBlur?: AppFunction;
}

/**
 * One person. On the platform this is Atlassian's user picker; here it is a select over the site's own
 * user search, with the same label, description and value.
 */
function UserPickerField(props: UserPickerFieldProps) {
  const { label, name, description, placeholder, isRequired = false, isDisabled = false } = props;
  const generatedId = useId();
  const id = props.id ?? generatedId;
  const preset = Array.isArray(props.defaultValue) ? props.defaultValue[0] : props.defaultValue;
  const presetPerson = usePerson(preset);
  const [picked, setPicked] = useState<Person | null>();
  const shown = picked === undefined ? (presetPerson ?? null) : picked;
  return (
    <div>
      <Label htmlFor={id}>
        {label}
        {isRequired && <RequiredAsterisk />}
      </Label>
      <AsyncSelect<Person>
        inputId={id}
        name={name}
        value={shown}
        placeholder={placeholder ?? 'Find a person'}
        cacheOptions
        defaultOptions
        loadOptions={searchPeople}
        isDisabled={isDisabled}
        isInvalid={props.isInvalid ?? false}
        isRequired={isRequired}
        getOptionValue={(person) => person.accountId}
        getOptionLabel={(person) => person.displayName}
        formatOptionLabel={(person) => <PersonLabel name={person.displayName} />}
        onChange={(person) => {
          setPicked(person);
          if (person) void props.onChange?.(pickedValue(person));
        }}
        {...userEvents({ onBlur: props.onBlur })}
      />
      {description !== undefined && <HelperMessage>{description}</HelperMessage>}
      {preset !== undefined && presetPerson === null && (
        <ErrorMessage>There is no such user.</ErrorMessage>
      )}
    </div>
  );
}

function UserName({ accountId, hideName }: { accountId: string; hideName: boolean }) {
  const person = usePerson(accountId);
  if (person === undefined) return <span aria-busy="true" />;
  const name = person?.displayName ?? 'Unknown user';
  return hideName ? <Avatar size="xsmall" name={name} /> : <PersonLabel name={name} />;
}

export const pickerComponents = {
  Select: registrable(
    component(
      'Select',
      [
        ...(['appearance', 'autoFocus', 'closeMenuOnSelect', 'defaultValue', 'id'] as const),
        ...(['inputId', 'isClearable', 'isDisabled', 'isInvalid', 'isLoading', 'isMulti'] as const),
        ...(['isRequired', 'isSearchable', 'name', 'onBlur', 'onChange', 'onFocus'] as const),
        ...(['options', 'placeholder', 'spacing', 'testId', 'value'] as const),
      ],
      function DrawSelect({ props }) {
        const { id, inputId, onChange, ...rest } = props;
        const [shown, change] = useControlledValue<unknown>(props.value, onChange);
        return (
          <Select
            {...rest}
            {...userEvents(props)}
            {...(shown !== undefined && { value: shown })}
            {...(inputId !== undefined || id !== undefined ? { inputId: inputId ?? id } : {})}
            // The menu must not be cut off by the modal that the select is in.
            menuPosition="fixed"
            onChange={(option: unknown) => change(option, option)}
          />
        );
      },
    ),
  ),
  UserPicker: registrable({
    ...component(
      'UserPicker',
      ['label', 'name', 'description', 'placeholder', 'isRequired', 'defaultValue', 'onChange'],
      ({ props }) => <UserPickerField {...props} />,
    ),
    // Beside what it declares: what `useForm().register()` gives it.
    props: [
      ...['label', 'name', 'description', 'placeholder', 'isRequired', 'defaultValue', 'onChange'],
      ...['id', 'isDisabled', 'isInvalid', 'onBlur'],
    ],
  }),
  User: component('User', ['accountId', 'hideDisplayName'], ({ props }) => (
    <UserName accountId={props.accountId} hideName={props.hideDisplayName ?? false} />
  )),
} satisfies Record<string, Component>;
