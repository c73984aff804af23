import React from 'react';
import { Button, DynamicTable, Heading, Inline, LoadingButton, Stack } from '@forge/react';
import type { ConnectionView } from '../../src/entry/admin/api';
import { connectionCells, type RowContext } from './connection-row';

const COLUMNS = [
  { key: 'name', content: 'Name', isSortable: true, width: 14 },
  { key: 'local-user', content: 'Local User', width: 14 },
  { key: 'remote', content: 'Remote', width: 9 },
  { key: 'mode', content: 'Mode', isSortable: true, width: 7 },
  { key: 'state', content: 'State', isSortable: true, width: 9 },
  { key: 'last-request', content: 'Last request', isSortable: true, width: 11 },
  { key: 'last-test', content: 'Last test', isSortable: true, width: 11 },
  { key: 'actions', content: 'Actions', width: 25 },
];

const ROWS_PER_PAGE = 20;

interface ConnectionListProps {
  connections: readonly ConnectionView[];
  row: RowContext;
  isReloading: boolean;
  /** The button to add one takes the focus, as in `TextField`. */
  focus: string | undefined;
  onAdd: () => void;
  onReload: () => void;
}

/** All connections, with what is known of each and what can be done with it. */
export function ConnectionList(props: ConnectionListProps) {
  const { connections, row, isReloading, focus, onAdd, onReload } = props;
  return (
    <Stack space="space.200">
      <Inline spread="space-between" alignBlock="center">
        <Heading as="h2" size="medium">
          Connections
        </Heading>
        <Inline space="space.100">
          <LoadingButton
            appearance="subtle"
            testId="reload"
            isLoading={isReloading}
            onClick={onReload}
          >
            Refresh
          </LoadingButton>
          <Button
            key={focus}
            appearance="primary"
            testId="new-connection"
            autoFocus={focus !== undefined}
            onClick={onAdd}
          >
            Add connection
          </Button>
        </Inline>
      </Inline>
      <DynamicTable
        label="Connections"
        testId="connection-list"
        head={{ cells: COLUMNS }}
        rows={connections.map((connection) => ({
          key: connection.id,
          cells: connectionCells(connection, row),
        }))}
        rowsPerPage={ROWS_PER_PAGE}
        isFixedSize
      />
    </Stack>
  );
}
