/** One row of the list: plain elements made by functions, as in `connection-row.tsx`. */
import React from 'react';
import { Button, Inline, LoadingButton, Lozenge, Stack, Text } from '@forge/react';
import type { ContractView } from '../../../src/entry/admin/api';
import { DIRECTIONS, EVENTS, keysOf } from './words';

export type ContractAction = 'enable' | 'disable' | 'edit' | 'remove' | 'retry';

export interface ContractRowContext {
  /** What runs at the moment. */
  busy: { action: ContractAction; id: string } | undefined;
  onAction: (action: ContractAction, contract: ContractView) => void;
}

/** More reasons than these make a row that nobody reads. */
const REASONS_SHOWN = 3;

/** In the order of the columns. `key` is what a column is sorted by, and unique in its row. */
export function contractCells(contract: ContractView, context: ContractRowContext) {
  const { name, enabled, waiting, failed } = contract;
  return [
    { key: `name ${name.toLowerCase()}`, content: nameCell(contract) },
    { key: 'synchronizes', content: synchronizesCell(contract) },
    { key: `state ${enabled ? 'enabled' : 'disabled'}`, content: stateCell(contract) },
    {
      key: `pending ${sortable(failed)} ${sortable(waiting)}`,
      content: pendingCell(contract, context),
    },
    { key: 'actions', content: actionsCell(contract, context) },
  ];
}

const sortable = (count: number) => String(count).padStart(8, '0');

function nameCell({ name, project, issueTypeIds, issueTypes, jql }: ContractView) {
  const types =
    issueTypeIds.length === 0
      ? 'All issue types'
      : issueTypes.map((issueType) => issueType.name).join(', ');
  return (
    <Stack space="space.050">
      <Text weight="bold">{name}</Text>
      <Text size="small">
        {project.name} ({project.key})
      </Text>
      <Text size="small">{types}</Text>
      {jql !== undefined && <Text size="small">Filtered by JQL</Text>}
    </Stack>
  );
}

function synchronizesCell({ direction, events, mapped, notMapped }: ContractView) {
  const sent = keysOf(EVENTS).filter((event) => events.includes(event));
  return (
    <Stack space="space.050">
      <Text>{DIRECTIONS[direction].label}</Text>
      {direction !== 'receive' && (
        <Text size="small">{sent.map((event) => EVENTS[event].short).join(', ')}</Text>
      )}
      <Text size="small">
        {mapped.length} fields{notMapped.length > 0 && `, ${notMapped.length} not synchronized`}
      </Text>
    </Stack>
  );
}

function stateCell(contract: ContractView) {
  const { enabled, misfits } = contract;
  return (
    <Stack space="space.050" alignInline="start">
      {enabled ? (
        <Lozenge appearance="success">Enabled</Lozenge>
      ) : (
        <Lozenge appearance="default">Disabled</Lozenge>
      )}
      <Text size="small">{boundText(contract)}</Text>
      {misfits.length > 0 && (
        <Lozenge appearance="moved">
          {misfits.length === 1 ? '1 difference' : `${misfits.length} differences`}
        </Lozenge>
      )}
    </Stack>
  );
}

function boundText({ bound, counterpart }: ContractView): string {
  if (counterpart === undefined)
    return bound
      ? 'Bound to the contract of the other site'
      : 'Not bound yet: a contract of this name on the other site binds it.';
  const { name, project, enabled } = counterpart;
  const other = `“${name}” of ${project.name} (${project.key}) on the other site`;
  return `${bound ? 'Bound to' : 'Not bound yet, but will be to'} ${other}${enabled ? '' : ', which is disabled there'}`;
}

function pendingCell(contract: ContractView, { busy, onAction }: ContractRowContext) {
  const { id, waiting, failed, reasons } = contract;
  if (waiting === 0 && failed === 0) return <Text size="small">Nothing waits</Text>;
  const more = reasons.length - REASONS_SHOWN;
  return (
    <Stack space="space.050" alignInline="start">
      <Inline space="space.100" rowSpace="space.050" shouldWrap>
        {failed > 0 && <Lozenge appearance="removed">{failed} failed</Lozenge>}
        {waiting > 0 && <Lozenge appearance="inprogress">{waiting} waiting</Lozenge>}
      </Inline>
      {reasons.slice(0, REASONS_SHOWN).map(({ reason, count }) => (
        <Text key={reason} size="small">
          <Text as="strong">{count} ×</Text> {reason}
        </Text>
      ))}
      {more > 0 && (
        <Text size="small">
          and {more} more {more === 1 ? 'reason' : 'reasons'}
        </Text>
      )}
      <LoadingButton
        spacing="compact"
        testId={`retry-${id}`}
        isLoading={busy?.id === id && busy.action === 'retry'}
        onClick={() => onAction('retry', contract)}
      >
        Retry
      </LoadingButton>
    </Stack>
  );
}

function actionsCell(contract: ContractView, { busy, onAction }: ContractRowContext) {
  const { id, enabled } = contract;
  const toggle = enabled ? 'disable' : 'enable';
  const button = (action: ContractAction, label: string) => (
    <Button
      spacing="compact"
      appearance="subtle"
      testId={`${action}-${id}`}
      onClick={() => onAction(action, contract)}
    >
      {label}
    </Button>
  );
  return (
    <Inline space="space.050" rowSpace="space.050" shouldWrap>
      <LoadingButton
        spacing="compact"
        appearance={enabled ? 'subtle' : 'default'}
        testId={`${toggle}-${id}`}
        isLoading={busy?.id === id && busy.action === toggle}
        onClick={() => onAction(toggle, contract)}
      >
        {enabled ? 'Disable' : 'Enable'}
      </LoadingButton>
      {button('edit', 'Edit')}
      {button('remove', 'Remove')}
    </Inline>
  );
}
