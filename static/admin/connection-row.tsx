/**
 * One row of the list. UI Kit's table calls the component of a cell itself, so that a hook in it would run
 * in the table's name: cells are plain elements, made by functions.
 */
import React from 'react';
import { Button, Inline, LoadingButton, Lozenge, Stack, Text, Tooltip, User } from '@forge/react';
import type { ConnectionView } from '../../src/entry/admin/api';
import { oldKeyEndsAt } from './key-rotation';
import type { FormatTime } from './local-time';

export type RowAction =
  'contracts' | 'test' | 'edit' | 'pause' | 'resume' | 'rotate' | 'retire' | 'remove';

export interface RowContext {
  formatTime: FormatTime;
  /** Milliseconds since the epoch. */
  now: number;
  /** Which connection is being paused or resumed. */
  busyId: string | undefined;
  onAction: (action: RowAction, connection: ConnectionView) => void;
}

/** In the order of the columns. `key` is what a column is sorted by, and unique in its row. */
export function connectionCells(connection: ConnectionView, context: RowContext) {
  const { name, passive, state, lastAcceptedAt = '', lastTest } = connection;
  return [
    { key: `name ${name.toLowerCase()}`, content: nameCell(connection) },
    { key: 'local-user', content: localUserCell(connection) },
    { key: 'remote', content: remoteCell(connection) },
    {
      key: `mode ${passive ? 'passive' : 'active'}`,
      content: <Text>{passive ? 'Passive' : 'Active'}</Text>,
    },
    { key: `state ${state}`, content: stateCell(connection, context) },
    { key: `request ${lastAcceptedAt}`, content: lastRequestCell(connection, context) },
    { key: `test ${lastTest?.at ?? ''}`, content: lastTestCell(connection, context) },
    { key: 'actions', content: actionsCell(connection, context) },
  ];
}

function nameCell({ name }: ConnectionView) {
  return <Text weight="bold">{name}</Text>;
}

function localUserCell({ localUser }: ConnectionView) {
  return localUser === 'app' ? <Text>The app</Text> : <User accountId={localUser.accountId} />;
}

function remoteCell({ remoteUrl }: ConnectionView) {
  if (remoteUrl === null) return <Text size="small">None</Text>;
  const { hostname } = new URL(remoteUrl);
  return (
    <Tooltip content={hostname}>
      <Text size="small">{shortHost(hostname)}</Text>
    </Tooltip>
  );
}

/** Enough to tell endpoints apart: their hosts differ in the first group only. */
function shortHost(hostname: string): string {
  return hostname.replace(/[-.].*$/, '…');
}

function stateCell(connection: ConnectionView, { formatTime, now }: RowContext) {
  const oldKeyEnds = oldKeyEndsAt(connection, now);
  return (
    <Stack space="space.050" alignInline="start">
      {connection.state === 'running' ? (
        <Lozenge appearance="success">Running</Lozenge>
      ) : (
        <Lozenge appearance="moved">Paused</Lozenge>
      )}
      {oldKeyEnds !== undefined && (
        <Text size="small">Two keys until {formatTime(oldKeyEnds)}</Text>
      )}
    </Stack>
  );
}

/** A request is noted once an hour, and the note may be some minutes late. */
const RECENT_MS = 65 * 60_000;

function lastRequestCell({ lastAcceptedAt }: ConnectionView, { formatTime, now }: RowContext) {
  return <Text size="small">{lastRequest()}</Text>;

  function lastRequest(): string {
    if (lastAcceptedAt === undefined) return 'None yet';
    const isRecent = now - Date.parse(lastAcceptedAt) < RECENT_MS;
    return isRecent ? 'Within the last hour' : `Not since ${formatTime(hourAfter(lastAcceptedAt))}`;
  }
}

const hourAfter = (time: string): string => new Date(Date.parse(time) + 60 * 60_000).toISOString();

const RESULTS = {
  passed: <Lozenge appearance="success">Passed</Lozenge>,
  warning: <Lozenge appearance="moved">Warning</Lozenge>,
  failed: <Lozenge appearance="removed">Failed</Lozenge>,
};

function lastTestCell({ lastTest }: ConnectionView, { formatTime }: RowContext) {
  if (lastTest === undefined) return <Text size="small">Not tested</Text>;
  return (
    <Stack space="space.050" alignInline="start">
      {RESULTS[lastTest.result]}
      <Text size="small">{formatTime(lastTest.at)}</Text>
    </Stack>
  );
}

/** A connection without a contract does nothing yet: that is seen here. */
const contractsLabel = ({ contracts }: ConnectionView): string => `Contracts (${contracts})`;

function actionsCell(connection: ConnectionView, { busyId, now, onAction }: RowContext) {
  const { id, state } = connection;
  const toggle = state === 'running' ? 'pause' : 'resume';
  const key = oldKeyEndsAt(connection, now) === undefined ? 'rotate' : 'retire';
  const button = (
    action: RowAction,
    label: string,
    appearance: 'default' | 'subtle' = 'subtle',
  ) => (
    <Button
      spacing="compact"
      appearance={appearance}
      testId={`${action}-${id}`}
      onClick={() => onAction(action, connection)}
    >
      {label}
    </Button>
  );
  return (
    <Inline space="space.050" rowSpace="space.050" shouldWrap>
      {button('contracts', contractsLabel(connection), 'default')}
      {button('test', 'Test')}
      {button('edit', 'Edit')}
      <LoadingButton
        spacing="compact"
        appearance="subtle"
        testId={`${toggle}-${id}`}
        isLoading={busyId === id}
        onClick={() => onAction(toggle, connection)}
      >
        {toggle === 'pause' ? 'Pause' : 'Resume'}
      </LoadingButton>
      {button(key, key === 'rotate' ? 'Rotate key' : 'End old key')}
      {button('remove', 'Remove')}
    </Inline>
  );
}
