/** UI Kit's `Box` with its `xcss`: the object that the app wrote, since `xcss()` there changes nothing. */
import PlatformBox from '@atlaskit/primitives/box';
import { xcss } from '@atlaskit/primitives/xcss';
import React, { type ComponentProps, type ReactNode, useEffect } from 'react';
import { isRecord } from './messages';
import { violate } from './violations';

/** The properties that UI Kit lets through; it drops the rest (`@atlaskit/forge-react-types`, Box). */
const SUPPORTED = new RegExp(
  [
    'textAlign|color|boxShadow|opacity|backgroundColor|overflow[XY]?|display|flexGrow|position',
    '(min|max)?(W|w)idth|(min|max)?(H|h)eight',
    '(margin|padding)(Top|Bottom|Left|Right|(Block|Inline)(Start|End)?)?',
    'border(Top|Bottom|Left|Right|(Block|Inline)(Start|End)?)?(Color|Width)',
    'border(Top|Bottom|Left|Right)?Style',
    'border((Top|Bottom)(Left|Right)|(Start|End)(Start|End))?Radius',
  ]
    .map((names) => `^(${names})$`)
    .join('|'),
);

type XcssStyle = Parameters<typeof xcss>[0];

/** What UI Kit keeps of a style, and the names of what it drops. States (`:hover`) are looked into. */
function supportedStyle(style: Record<string, unknown>): {
  kept: Record<string, unknown>;
  dropped: string[];
} {
  const kept: Record<string, unknown> = {};
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(style)) {
    if (name.startsWith(':') && isRecord(value)) {
      const state = supportedStyle(value);
      kept[name] = state.kept;
      dropped.push(...state.dropped.map((inner) => `${name} ${inner}`));
    } else if (SUPPORTED.test(name)) kept[name] = value;
    else dropped.push(name);
  }
  return { kept, dropped };
}

type BoxProps = Pick<
  ComponentProps<typeof PlatformBox>,
  | 'backgroundColor'
  | 'padding'
  | 'paddingBlock'
  | 'paddingBlockEnd'
  | 'paddingBlockStart'
  | 'paddingInline'
  | 'paddingInlineEnd'
  | 'paddingInlineStart'
  | 'role'
  | 'testId'
> & { xcss?: unknown; children: ReactNode };

export function Box({ xcss: style, children, ...props }: BoxProps): ReactNode {
  const { kept, dropped } = supportedStyle(isRecord(style) ? style : {});
  const complaint = dropped.join(', ');
  useEffect(() => {
    if (complaint) violate(`xcss of Box: the platform drops ${complaint}`);
  }, [complaint]);
  return (
    <PlatformBox {...props} xcss={xcss(kept as XcssStyle)}>
      {children}
    </PlatformBox>
  );
}
