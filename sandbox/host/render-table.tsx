/** UI Kit's `DynamicTable`: its head and rows arrive as wrapped children, and are put together again. */
import DynamicTable from '@atlaskit/dynamic-table';
import React, { type ReactNode } from 'react';
import { type Component, component } from './component';
import { type ForgeNode, wrapped } from './forge-doc';

/** What a cell of the head or of a row may have beside its content. */
interface CellProps {
  cellKey?: string;
  isSortable?: boolean;
  width?: number;
  shouldTruncate?: boolean;
  colSpan?: number;
  testId?: string;
}

interface RowProps {
  rowKey?: string;
  isHighlighted?: boolean;
}

type Draw = (content: unknown) => ReactNode;

function cells(nodes: ForgeNode[], draw: Draw) {
  return nodes.map(({ props, children, key }) => {
    const { cellKey, ...rest } = props as CellProps;
    // Without a key of the app's: the ForgeDoc's own, which is stable as long as the cell is there.
    return { ...rest, key: cellKey ?? key, content: draw(children) };
  });
}

function rows(nodes: ForgeNode[], draw: Draw) {
  return nodes.map(({ props, children, key }) => {
    const { rowKey, ...rest } = props as RowProps;
    return { ...rest, key: rowKey ?? key, cells: cells(children, draw) };
  });
}

export const tableComponents = {
  DynamicTable: component(
    'DynamicTable',
    [
      ...(['caption', 'defaultPage', 'defaultSortKey', 'defaultSortOrder', 'emptyView'] as const),
      ...([
        'highlightedRowIndex',
        'isFixedSize',
        'isLoading',
        'label',
        'loadingSpinnerSize',
      ] as const),
      ...(['onSetPage', 'page', 'paginationi18n', 'rowsPerPage', 'sortKey', 'sortOrder'] as const),
      'testId',
    ],
    ({ props: { emptyView, onSetPage, ...props }, node, draw }) => {
      const head = wrapped(node, 'head');
      return (
        <DynamicTable
          {...props}
          {...(head.length > 0 && { head: { cells: cells(head, draw) } })}
          rows={rows(wrapped(node, 'rows'), draw)}
          {...(emptyView !== undefined && { emptyView: <>{draw(emptyView)}</> })}
          {...(onSetPage && { onSetPage: (page) => void onSetPage(page) })}
        />
      );
    },
  ),
} satisfies Record<string, Component>;
