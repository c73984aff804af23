/** Draws a ForgeDoc with Atlaskit: each UI Kit component by its entry in the map below. */
import React, { type ReactNode } from 'react';
import { type Component } from './component';
import { type ForgeNode, isForgeNode, isPropElement } from './forge-doc';
import { buttonComponents } from './render-buttons';
import { feedbackComponents } from './render-feedback';
import { editingComponents } from './render-editing';
import { fieldComponents } from './render-fields';
import { formComponents } from './render-form';
import { layoutComponents } from './render-layout';
import { overlayComponents } from './render-overlays';
import { pickerComponents } from './render-pickers';
import { tableComponents } from './render-table';
import { Unmodelled } from './unmodelled';
import { stats } from './violations';

const COMPONENTS = {
  ...layoutComponents,
  ...buttonComponents,
  ...fieldComponents,
  ...formComponents,
  ...pickerComponents,
  ...tableComponents,
  ...feedbackComponents,
  ...overlayComponents,
  ...editingComponents,
};

/** The components of UI Kit that are drawn; `not-drawn.ts` has all others. */
export type DrawnComponent = keyof typeof COMPONENTS;

const BY_NAME: ReadonlyMap<string, Component> = new Map(Object.entries(COMPONENTS));

/** Draws the whole document. */
export function drawDocument(root: ForgeNode): ReactNode {
  return root.children.map(drawNode);
}

/** Draws whatever can stand as content: nodes, text, elements that came in a prop, lists of these. */
function draw(content: unknown): ReactNode {
  if (content === null || content === undefined || typeof content === 'boolean') return null;
  if (typeof content === 'string' || typeof content === 'number') return content;
  if (Array.isArray(content)) {
    return content.map((item: unknown, index) =>
      isForgeNode(item) ? (
        drawNode(item)
      ) : (
        <React.Fragment key={index}>{draw(item)}</React.Fragment>
      ),
    );
  }
  if (isForgeNode(content)) return drawNode(content);
  if (isPropElement(content) && typeof content.type === 'string') {
    const { children, ...props } = content.props;
    return drawComponent(
      { type: content.type, key: content.type, props, children: [] },
      draw(children),
    );
  }
  return <Unmodelled what="a prop with content that only the app itself could draw" />;
}

function drawNode(node: ForgeNode): ReactNode {
  if (node.type === 'String') return String(node.props.text);
  return drawComponent(node, node.children.length === 0 ? undefined : node.children.map(drawNode));
}

function drawComponent(node: ForgeNode, children: ReactNode): ReactNode {
  const entry = BY_NAME.get(node.type);
  if (!entry) return <Unmodelled key={node.key} what={`the component ${node.type}`} />;
  if (!stats.components.includes(node.type)) stats.components.push(node.type);
  const given = Object.entries(node.props).filter(
    ([name, value]) => value !== undefined && !entry.ignored.includes(name),
  );
  const unknown = given.map(([name]) => name).filter((name) => !entry.props.includes(name));
  if (unknown.length > 0) {
    return <Unmodelled key={node.key} what={`${unknown.join(', ')} of ${node.type}`} />;
  }
  return (
    <entry.Draw key={node.key} props={Object.fromEntries(given)} node={node} draw={draw}>
      {children}
    </entry.Draw>
  );
}
