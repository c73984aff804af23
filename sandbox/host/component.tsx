/** How a UI Kit component is drawn: which props it knows, and a React component that draws it. */
import type * as UiKit from '@forge/react';
import React, { type ComponentType, type ReactNode } from 'react';
import { type AppFunction } from './app-frame';
import { type ForgeNode } from './forge-doc';

export type UiKitName = keyof typeof UiKit;

/** The props that the app's side declares, less `children`, which travel apart. */
type DeclaredProps<Name extends UiKitName> = (typeof UiKit)[Name] extends (
  props: infer P,
) => unknown
  ? Omit<P, 'children'>
  : never;

/** Functions arrive as something that calls into the app's iframe. */
type Received<P> = {
  [K in keyof P]: P[K] extends infer T
    ? T extends (...args: never[]) => unknown
      ? AppFunction
      : T
    : never;
};

/** What a drawing gets. */
export interface Drawn<Props> {
  props: Props;
  /** The children, drawn. */
  children: ReactNode;
  /** The component as it arrived, for those whose children are no content. */
  node: ForgeNode;
  /** Draws a ForgeDoc node, an element that came in a prop, text, or a list of these. */
  draw: (content: unknown) => ReactNode;
}

export interface Component {
  /** Names of the props that are drawn. */
  props: readonly string[];
  /** Names of props that are taken and change nothing. Any other is a violation. */
  ignored: readonly string[];
  Draw: ComponentType<Drawn<Record<string, unknown>>>;
}

/**
 * A drawing of the UI Kit component `Name`. The app's compiler has checked the types of its props, so they
 * are taken as declared; a *name* that is not listed is refused when it arrives.
 */
export function component<Name extends UiKitName, Prop extends keyof DeclaredProps<Name> & string>(
  _name: Name,
  props: readonly Prop[],
  Draw: ComponentType<Drawn<Received<Pick<DeclaredProps<Name>, Prop>>>>,
): Component {
  return { props, ignored: [], Draw: Draw as Component['Draw'] };
}

/**
 * For a field that an app spreads `useForm().register()` into: it puts these on every field, also where
 * the field does not declare them.
 */
export function registrable(field: Component): Component {
  const registered = ['id', 'isDisabled', 'isInvalid', 'aria-invalid', 'onBlur'];
  return { ...field, ignored: registered.filter((name) => !field.props.includes(name)) };
}

/** Wraps what has no `testId` of its own. */
export function Marked(props: { testId: string | undefined; children: ReactNode }): ReactNode {
  return props.testId === undefined ? (
    props.children
  ) : (
    <div data-testid={props.testId}>{props.children}</div>
  );
}
