/** UI Kit's buttons. Icons are not drawn. */
import { ButtonGroup } from '@atlaskit/button';
import LoadingButton from '@atlaskit/button/loading-button';
import Button, { LinkButton } from '@atlaskit/button/new';
import React from 'react';
import { type Component, component } from './component';
import { userEvents } from './user-events';

const COMMON = [
  ...(['autoFocus', 'isDisabled', 'isSelected', 'onBlur', 'onClick', 'onFocus'] as const),
  ...(['testId', 'shouldFitContainer', 'appearance', 'spacing'] as const),
] as const;

/** The new buttons have no spacing `none`: the nearest that they have. */
const spacingOf = (spacing: 'default' | 'compact' | 'none' = 'default') =>
  spacing === 'none' ? 'compact' : spacing;

export const buttonComponents = {
  Button: component('Button', [...COMMON, 'type'], ({ props: { spacing, ...props }, children }) => (
    <Button {...props} {...userEvents(props)} spacing={spacingOf(spacing)}>
      {children}
    </Button>
  )),
  LoadingButton: component(
    'LoadingButton',
    [...COMMON, 'type', 'isLoading'],
    ({ props, children }) => (
      <LoadingButton {...props} {...userEvents(props)}>
        {children}
      </LoadingButton>
    ),
  ),
  LinkButton: component(
    'LinkButton',
    [...COMMON, 'href', 'target'],
    ({ props: { appearance = 'default', spacing, href = '', ...props }, children }) => (
      <LinkButton
        {...props}
        {...userEvents(props)}
        // The new buttons have no look of a link either.
        appearance={appearance === 'link' || appearance === 'subtle-link' ? 'subtle' : appearance}
        spacing={spacingOf(spacing)}
        href={href}
      >
        {children}
      </LinkButton>
    ),
  ),
  ButtonGroup: component('ButtonGroup', ['label', 'titleId', 'testId'], ({ props, children }) => (
    <ButtonGroup {...props}>{children}</ButtonGroup>
  )),
} satisfies Record<string, Component>;
