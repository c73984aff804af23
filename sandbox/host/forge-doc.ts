/** The tree that `@forge/react` sends on each commit (Forge: ForgeDoc). */
import { isRecord } from './messages';

export interface ForgeNode {
  /** A UI Kit component by name, `String` for text, `Root` at the top. */
  type: string;
  /** Stable while the component is mounted. */
  key: string;
  props: Record<string, unknown>;
  children: ForgeNode[];
}

/**
 * The parts of components that take callbacks or rows: `@forge/react` wraps them in `ContentWrapper`
 * elements with a name.
 */
export function wrapped(node: ForgeNode, name: string): ForgeNode[] {
  return node.children
    .filter((child) => child.type === 'ContentWrapper' && child.props.name === name)
    .flatMap((child) => child.children);
}

/** A React element in a prop (`emptyView={<Text/>}`): it comes as what `React.createElement` made. */
export interface PropElement {
  type: unknown;
  props: Record<string, unknown>;
}

export function isForgeNode(value: unknown): value is ForgeNode {
  return isPropElement(value) && 'key' in value && 'children' in value;
}

export function isPropElement(value: unknown): value is PropElement {
  return isRecord(value) && 'type' in value && isRecord(value.props);
}
