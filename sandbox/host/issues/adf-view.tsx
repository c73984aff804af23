/** A document as simple HTML. What is not known here stands as its name in a box, and is not lost. */
import React, { Fragment, type ReactNode } from 'react';
import { z } from 'zod';
import type { AdfNode } from '../../jira/adf';

type View = (node: AdfNode, children: ReactNode[]) => ReactNode;

/** A node, of whose attributes nobody has said that they have the form that the schema wants. */
const attribute = ({ attrs }: AdfNode, name: string): string | undefined => {
  const value = attrs?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

const box = (name: string): ReactNode => <span className="adf-unknown">{name}</span>;

/** Headings of a document are below those of the page. */
const headings = ['h3', 'h4', 'h5', 'h6', 'h6', 'h6'] as const;

const views: Record<string, View> = {
  doc: (_node, children) => <div className="adf">{children}</div>,
  paragraph: (_node, children) => <p>{children}</p>,
  heading(node, children) {
    const Heading = headings[Number(attribute(node, 'level')) - 1] ?? 'h3';
    return <Heading>{children}</Heading>;
  },
  bulletList: (_node, children) => <ul>{children}</ul>,
  orderedList: (node, children) => (
    <ol start={Number(attribute(node, 'order') ?? 1)}>{children}</ol>
  ),
  listItem: (_node, children) => <li>{children}</li>,
  taskList: (_node, children) => <ul className="adf-tasks">{children}</ul>,
  taskItem: (node, children) => (
    <li>
      {attribute(node, 'state') === 'DONE' ? '☑ ' : '☐ '}
      {children}
    </li>
  ),
  decisionList: (_node, children) => <ul>{children}</ul>,
  decisionItem: (_node, children) => <li>{children}</li>,
  blockquote: (_node, children) => <blockquote>{children}</blockquote>,
  rule: () => <hr />,
  codeBlock: (_node, children) => (
    <pre>
      <code>{children}</code>
    </pre>
  ),
  table: (_node, children) => (
    <table>
      <tbody>{children}</tbody>
    </table>
  ),
  tableRow: (_node, children) => <tr>{children}</tr>,
  tableHeader: (node, children) => <th {...spans(node)}>{children}</th>,
  tableCell: (node, children) => <td {...spans(node)}>{children}</td>,
  panel: (node, children) => (
    <div role="note" className="adf-panel">
      <strong className="adf-panel-type">{attribute(node, 'panelType') ?? 'panel'}</strong>
      {children}
    </div>
  ),
  expand: expandView,
  nestedExpand: expandView,
  hardBreak: () => <br />,
  mention: (node) => (
    <span className="adf-mention">
      {attribute(node, 'text') ?? `@${attribute(node, 'id') ?? ''}`}
    </span>
  ),
  emoji: (node) => attribute(node, 'text') ?? attribute(node, 'shortName'),
  status: (node) => <span className="adf-status">{attribute(node, 'text')}</span>,
  date: (node) => dateText(Number(attribute(node, 'timestamp'))),
  inlineCard: (node) => linkTo(attribute(node, 'url'), attribute(node, 'url')),
  blockCard: (node) => <p>{linkTo(attribute(node, 'url'), attribute(node, 'url'))}</p>,
};

function expandView(node: AdfNode, children: ReactNode[]): ReactNode {
  return (
    <details>
      <summary>{attribute(node, 'title') || 'More'}</summary>
      {children}
    </details>
  );
}

function spans(node: AdfNode) {
  const [colSpan, rowSpan] = ['colspan', 'rowspan'].map((name) =>
    Number(attribute(node, name) ?? 1),
  );
  return { colSpan, rowSpan };
}

function dateText(ms: number): string {
  return Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 10) : '';
}

/** Only where a link can do no harm: anybody can have written it, on this site or on another one. */
function linkTo(href: string | undefined, children: ReactNode): ReactNode {
  return href !== undefined && /^(https?|mailto):/i.test(href) ? (
    <a href={href}>{children}</a>
  ) : (
    children
  );
}

const marks: Record<string, 'strong' | 'em' | 'code' | 's' | 'u' | 'sub' | 'sup'> = {
  strong: 'strong',
  em: 'em',
  code: 'code',
  strike: 's',
  underline: 'u',
  sub: 'sub',
  sup: 'sup',
};

/** Colours and the like are left out. */
function textView({ text = '', marks: on = [] }: AdfNode): ReactNode {
  return on.reduce<ReactNode>((inner, { type, attrs }) => {
    const given = attrs ?? {};
    if (type === 'link')
      return linkTo(typeof given.href === 'string' ? given.href : undefined, inner);
    const Tag = marks[type === 'subsup' ? String(given.type) : type];
    return Tag ? <Tag>{inner}</Tag> : inner;
  }, text);
}

function draw(node: AdfNode): ReactNode {
  if (node.type === 'text') return textView(node);
  const children = (node.content ?? []).map((child, index) => (
    <Fragment key={index}>{draw(child)}</Fragment>
  ));
  const view = Object.hasOwn(views, node.type) ? views[node.type] : undefined;
  if (view) return view(node, children);
  return children.length === 0 ? (
    box(node.type)
  ) : (
    <div className="adf-unknown">
      {node.type}
      {children}
    </div>
  );
}

const nodeSchema: z.ZodType<AdfNode> = z.looseObject({ type: z.string() });

/** Whether a value of Jira's is a document. */
export const isDocument = (value: unknown): value is AdfNode =>
  nodeSchema.safeParse(value).data?.type === 'doc';

export function AdfView({ document }: { document: AdfNode }) {
  return <>{draw(document)}</>;
}
