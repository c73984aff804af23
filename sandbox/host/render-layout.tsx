/** UI Kit's layout and text: boxes, stacks, headings, lists, links. */
import Heading from '@atlaskit/heading';
import Link from '@atlaskit/link';
import Code from '@atlaskit/code/code';
import { Inline } from '@atlaskit/primitives/compiled/inline';
import { Stack } from '@atlaskit/primitives/compiled/stack';
import { Text } from '@atlaskit/primitives/compiled/text';
import React from 'react';
import { type Component, component } from './component';
import { Box } from './xcss-box';

const HEADING_SIZES = {
  h1: 'xlarge',
  h2: 'large',
  h3: 'medium',
  h4: 'small',
  h5: 'xsmall',
  h6: 'xxsmall',
  div: 'medium',
  span: 'medium',
} as const;

export const layoutComponents = {
  Box: component(
    'Box',
    [
      ...(['backgroundColor', 'padding', 'paddingBlock', 'paddingBlockEnd'] as const),
      ...(['paddingBlockStart', 'paddingInline', 'paddingInlineEnd'] as const),
      ...(['paddingInlineStart', 'role', 'testId', 'xcss'] as const),
    ],
    ({ props, children }) => <Box {...props}>{children}</Box>,
  ),
  Stack: component(
    'Stack',
    ['alignBlock', 'alignInline', 'grow', 'space', 'spread', 'testId'],
    ({ props, children }) => <Stack {...props}>{children}</Stack>,
  ),
  Inline: component(
    'Inline',
    [
      ...(['alignBlock', 'alignInline', 'grow', 'space', 'spread', 'shouldWrap'] as const),
      ...(['separator', 'rowSpace', 'testId'] as const),
    ],
    ({ props, children }) => <Inline {...props}>{children}</Inline>,
  ),
  Text: component(
    'Text',
    ['align', 'as', 'color', 'maxLines', 'size', 'weight', 'testId'],
    ({ props: { as, ...props }, children }) =>
      as === 'strike' ? (
        <Text {...props}>
          <s>{children}</s>
        </Text>
      ) : (
        <Text {...props} {...(as && { as })}>
          {children}
        </Text>
      ),
  ),
  Strong: component('Strong', [], ({ children }) => <strong>{children}</strong>),
  Em: component('Em', [], ({ children }) => <em>{children}</em>),
  Strike: component('Strike', [], ({ children }) => <s>{children}</s>),
  Heading: component(
    'Heading',
    ['as', 'size', 'color', 'id', 'testId'],
    ({ props: { as = 'h3', size, ...props }, children }) => (
      <Heading {...props} as={as} size={size ?? HEADING_SIZES[as]}>
        {children}
      </Heading>
    ),
  ),
  Link: component('Link', ['href', 'openNewTab'], ({ props, children }) => (
    <Link href={props.href} {...(props.openNewTab && { target: '_blank' })}>
      {children}
    </Link>
  )),
  List: component('List', ['type'], ({ props, children }) =>
    props.type === 'ordered' ? <ol>{children}</ol> : <ul>{children}</ul>,
  ),
  ListItem: component('ListItem', [], ({ children }) => <li>{children}</li>),
  Code: component('Code', ['testId'], ({ props, children }) => <Code {...props}>{children}</Code>),
} satisfies Record<string, Component>;
