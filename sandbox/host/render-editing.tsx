/** UI Kit's parts of editors: groups of checkboxes, tags, icons, text that is edited in its place. */
import Checkbox from '@atlaskit/checkbox';
import InlineEdit from '@atlaskit/inline-edit';
import { type NewCoreIconProps } from '@atlaskit/icon/types';
import { Inline } from '@atlaskit/primitives/compiled/inline';
import RemovableTag from '@atlaskit/tag/removable-tag';
import TagGroup from '@atlaskit/tag-group';
import { token } from '@atlaskit/tokens';
import { type CheckboxGroupProps } from '@forge/react';
import React, { useState } from 'react';
import { type AppFunction } from './app-frame';
import { type Component, component, registrable } from './component';
import { useControlledValue } from './controlled-value';
import { wrapped } from './forge-doc';
import { GLYPHS } from './icon-glyphs';
import { Unmodelled } from './unmodelled';

interface CheckboxGroupFieldProps extends Omit<CheckboxGroupProps, 'onChange'> {
  onChange?: AppFunction;
}

/** One value of many: the app is given all that are chosen, in the order of the options. */
function CheckboxGroupField(props: CheckboxGroupFieldProps) {
  const { name, options, value, defaultValue = [], isDisabled = false, onChange } = props;
  const [own, setOwn] = useState(defaultValue);
  const [controlled, change] = useControlledValue(value, onChange);
  const chosen = controlled ?? own;
  return (
    <div role="group">
      {options.map((option) => (
        <Checkbox
          key={option.value}
          name={name}
          value={option.value}
          label={option.label}
          isChecked={chosen.includes(option.value)}
          isDisabled={isDisabled || (option.isDisabled ?? false)}
          onChange={(event) => {
            const isChosen = (one: string) =>
              one === option.value ? event.target.checked : chosen.includes(one);
            const next = options.map((one) => one.value).filter(isChosen);
            setOwn(next);
            change(next, next);
          }}
        />
      ))}
    </div>
  );
}

type IconColor = NonNullable<NewCoreIconProps['color']>;

const ICON_SIZES = { small: 'small', medium: 'medium', large: 'medium' } as const;

export const editingComponents = {
  // UI Kit declares an older form of it too, that of macro settings; it is refused.
  CheckboxGroup: registrable({
    props: ['name', 'options', 'value', 'defaultValue', 'isDisabled', 'onChange'],
    ignored: [],
    Draw: (({ props }: { props: CheckboxGroupFieldProps }) => (
      <CheckboxGroupField {...props} />
    )) as unknown as Component['Draw'],
  }),
  TagGroup: component('TagGroup', ['alignment'], ({ props, children }) => (
    <TagGroup {...props}>{children}</TagGroup>
  )),
  // Without `onBeforeRemoveAction`: what it answers cannot be waited for.
  Tag: component(
    'Tag',
    [
      ...(['text', 'appearance', 'color', 'elemBefore', 'href', 'testId'] as const),
      ...(['isRemovable', 'removeButtonLabel', 'onAfterRemoveAction'] as const),
    ],
    ({ props: { elemBefore, onAfterRemoveAction, ...props }, draw }) => (
      <RemovableTag
        {...props}
        elemBefore={draw(elemBefore)}
        {...(onAfterRemoveAction && {
          onAfterRemoveAction: (text: string) => void onAfterRemoveAction(text),
        })}
      />
    ),
  ),
  Icon: component(
    'Icon',
    ['glyph', 'label', 'size', 'color'],
    ({ props: { glyph, label, size = 'medium', color } }) => {
      const Glyph = GLYPHS.get(glyph);
      if (!Glyph) return <Unmodelled what={`the glyph ${glyph} of Icon`} />;
      return (
        <Glyph
          label={label}
          size={ICON_SIZES[size]}
          {...(color && { color: token(color) as IconColor })}
        />
      );
    },
  ),
  InlineEdit: component(
    'InlineEdit',
    [
      ...(['label', 'isEditing', 'onConfirm', 'onCancel', 'onEdit', 'isRequired'] as const),
      ...(['keepEditViewOpenOnBlur', 'hideActionButtons', 'startWithEditViewOpen'] as const),
      ...(['readViewFitContainerWidth', 'editButtonLabel', 'confirmButtonLabel'] as const),
      'cancelButtonLabel',
    ],
    ({ props: { onConfirm, onCancel, onEdit, label, ...props }, node, draw }) => (
      <InlineEdit
        {...props}
        label={draw(label)}
        // The value is in the app's component, which draws both views.
        defaultValue=""
        editView={() => <>{draw(wrapped(node, 'editView'))}</>}
        readView={() => <Inline>{draw(wrapped(node, 'readView'))}</Inline>}
        onConfirm={() => void onConfirm()}
        {...(onCancel && { onCancel: () => void onCancel() })}
        {...(onEdit && { onEdit: () => void onEdit() })}
      />
    ),
  ),
} satisfies Record<string, Component>;
