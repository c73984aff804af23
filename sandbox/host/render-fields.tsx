/** UI Kit's fields that are HTML inputs. */
import Checkbox from '@atlaskit/checkbox';
import { Radio, RadioGroup } from '@atlaskit/radio';
import TextArea from '@atlaskit/textarea';
import Textfield from '@atlaskit/textfield';
import Toggle from '@atlaskit/toggle';
import React, { type FormEvent } from 'react';
import { type Component, component, registrable } from './component';
import { useControlledValue } from './controlled-value';
import { serialise, userEvents } from './user-events';

const INPUT = ['id', 'name', 'isDisabled', 'onChange', 'onBlur', 'onFocus', 'testId'] as const;
const VALIDATED = ['isInvalid', 'isRequired', 'aria-invalid', 'aria-labelledby'] as const;
const TEXT = [
  ...(['appearance', 'autoFocus', 'defaultValue', 'isCompact', 'isMonospaced'] as const),
  ...(['isReadOnly', 'maxLength', 'minLength', 'placeholder', 'value'] as const),
] as const;

type Typed = FormEvent<HTMLInputElement | HTMLTextAreaElement>;

export const fieldComponents = {
  Textfield: component(
    'Textfield',
    [
      ...INPUT,
      ...VALIDATED,
      ...TEXT,
      ...(['type', 'width', 'min', 'max', 'pattern', 'elemBeforeInput', 'elemAfterInput'] as const),
    ],
    function DrawTextfield({ props, draw }) {
      const { value, onChange, elemBeforeInput, elemAfterInput, ...rest } = props;
      const [shown, change] = useControlledValue(value, onChange);
      return (
        <Textfield
          {...rest}
          {...userEvents(props)}
          {...(shown !== undefined && { value: shown })}
          elemBeforeInput={draw(elemBeforeInput)}
          elemAfterInput={draw(elemAfterInput)}
          onChange={(event: Typed) => change(event.currentTarget.value, serialise(event))}
        />
      );
    },
  ),
  TextArea: component(
    'TextArea',
    [...INPUT, ...VALIDATED, ...TEXT, 'maxHeight', 'minimumRows', 'resize', 'spellCheck'],
    function DrawTextArea({ props }) {
      const { value, onChange, ...rest } = props;
      const [shown, change] = useControlledValue(value, onChange);
      return (
        <TextArea
          {...rest}
          {...userEvents(props)}
          {...(shown !== undefined && { value: shown })}
          onChange={(event: Typed) => change(event.currentTarget.value, serialise(event))}
        />
      );
    },
  ),
  Toggle: registrable(
    component(
      'Toggle',
      [...INPUT, 'size', 'defaultChecked', 'isChecked', 'label', 'value'],
      function DrawToggle({ props }) {
        const { isChecked, onChange, ...rest } = props;
        const [shown, change] = useControlledValue(isChecked, onChange);
        return (
          <Toggle
            {...rest}
            {...userEvents(props)}
            {...(shown !== undefined && { isChecked: shown })}
            onChange={(event) => change(event.target.checked, serialise(event))}
          />
        );
      },
    ),
  ),
  Checkbox: component(
    'Checkbox',
    [...INPUT, ...VALIDATED, 'defaultChecked', 'isChecked', 'isIndeterminate', 'label', 'value'],
    function DrawCheckbox({ props, draw }) {
      const { isChecked, onChange, label, ...rest } = props;
      const [shown, change] = useControlledValue(isChecked, onChange);
      return (
        <Checkbox
          {...rest}
          {...userEvents(props)}
          {...(shown !== undefined && { isChecked: shown })}
          label={<>{draw(label)}</>}
          onChange={(event) => change(event.target.checked, serialise(event))}
        />
      );
    },
  ),
  RadioGroup: component(
    'RadioGroup',
    [
      ...(['name', 'options', 'value', 'defaultValue', 'isDisabled', 'isInvalid'] as const),
      ...(['isRequired', 'onChange', 'testId', 'aria-labelledby'] as const),
    ],
    function DrawRadioGroup({ props }) {
      const { value, onChange, ...rest } = props;
      const [shown, change] = useControlledValue(value, onChange);
      return (
        <RadioGroup
          {...rest}
          {...(shown !== undefined && { value: shown })}
          onChange={(event) => change(event.target.value, serialise(event))}
        />
      );
    },
  ),
  Radio: component(
    'Radio',
    [...INPUT, 'isInvalid', 'isRequired', 'aria-labelledby', 'isChecked', 'label', 'value'],
    function DrawRadio({ props, draw }) {
      const { isChecked, onChange, label, ...rest } = props;
      const [shown, change] = useControlledValue(isChecked, onChange);
      return (
        <Radio
          {...rest}
          {...userEvents(props)}
          {...(shown !== undefined && { isChecked: shown })}
          label={draw(label)}
          onChange={(event) => change(event.target.checked, serialise(event))}
        />
      );
    },
  ),
} satisfies Record<string, Component>;
