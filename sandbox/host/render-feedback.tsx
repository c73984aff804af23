/** UI Kit's ways to tell how things are: messages, lozenges, spinners, an empty state. */
import Badge from '@atlaskit/badge';
import { ButtonGroup } from '@atlaskit/button';
import Heading from '@atlaskit/heading';
import Lozenge from '@atlaskit/lozenge';
import { Stack } from '@atlaskit/primitives/compiled/stack';
import ProgressBar from '@atlaskit/progress-bar';
import SectionMessage, { SectionMessageAction } from '@atlaskit/section-message';
import Spinner from '@atlaskit/spinner';
import React, { type ReactElement } from 'react';
import { type Component, component, Marked } from './component';
import { userEvents } from './user-events';

export const feedbackComponents = {
  SectionMessage: component(
    'SectionMessage',
    ['appearance', 'title', 'actions', 'testId'],
    ({ props: { actions, ...props }, children, draw }) => (
      <SectionMessage {...props} {...(actions && { actions: actionList(draw(actions)) })}>
        {children}
      </SectionMessage>
    ),
  ),
  SectionMessageAction: component(
    'SectionMessageAction',
    ['onClick', 'href', 'testId'],
    ({ props: { href, testId, ...props }, children }) => (
      <SectionMessageAction
        {...(href !== undefined && { href })}
        {...(testId !== undefined && { testId })}
        {...userEvents(props)}
      >
        {children}
      </SectionMessageAction>
    ),
  ),
  Lozenge: component(
    'Lozenge',
    ['appearance', 'isBold', 'maxWidth', 'testId'],
    ({ props, children }) => <Lozenge {...props}>{children}</Lozenge>,
  ),
  Badge: component('Badge', ['appearance', 'max', 'testId'], ({ props, children }) => (
    <Badge {...props}>{children}</Badge>
  )),
  Spinner: component('Spinner', ['appearance', 'delay', 'label', 'size', 'testId'], ({ props }) => (
    <Spinner {...props} />
  )),
  ProgressBar: component(
    'ProgressBar',
    ['appearance', 'ariaLabel', 'isIndeterminate', 'testId', 'value'],
    ({ props }) => <ProgressBar {...props} />,
  ),
  // No package of Atlaskit's for it is at hand: the same parts, in the order of Atlaskit's.
  EmptyState: component(
    'EmptyState',
    [
      ...(['header', 'headingLevel', 'description', 'primaryAction', 'secondaryAction'] as const),
      ...(['tertiaryAction', 'buttonGroupLabel', 'isLoading', 'width', 'testId'] as const),
    ],
    ({ props, draw }) => (
      <Marked testId={props.testId}>
        <div className={`empty-state ${props.width ?? 'wide'}`}>
          <Stack space="space.200" alignInline="center">
            <Heading size="medium" as={headingTag(props.headingLevel)}>
              {props.header}
            </Heading>
            <div>{draw(props.description)}</div>
            <ButtonGroup {...(props.buttonGroupLabel && { label: props.buttonGroupLabel })}>
              {draw(props.primaryAction)}
              {draw(props.secondaryAction)}
            </ButtonGroup>
            {props.isLoading && <Spinner label="Loading" />}
            {draw(props.tertiaryAction)}
          </Stack>
        </div>
      </Marked>
    ),
  ),
} satisfies Record<string, Component>;

/** Atlaskit puts the actions beside each other; it wants elements, one or a list. */
const actionList = (actions: React.ReactNode) =>
  React.Children.toArray(actions).filter((action): action is ReactElement =>
    React.isValidElement(action),
  );

const HEADING_TAGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

/** Atlaskit's empty state has a heading of level 4 unless told otherwise. */
const headingTag = (level = 4) => HEADING_TAGS[level - 1] ?? 'h4';
