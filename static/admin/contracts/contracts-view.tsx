import React, { useEffect, useRef, useState } from 'react';
import {
  Button,
  Heading,
  Inline,
  LoadingButton,
  ModalTransition,
  SectionMessage,
  Spinner,
  Stack,
  Text,
} from '@forge/react';
import type { ApiError, ConnectionView, ContractView } from '../../../src/entry/admin/api';
import { disableContract, enableContract, retryContract } from '../api';
import { Failure } from '../failure';
import { Notice } from '../notice';
import { useOneAtATime } from '../use-one-at-a-time';
import { Compared, Misfits } from './compared';
import { ContractForm } from './contract-form';
import { ContractList } from './contract-list';
import type { ContractAction, ContractRowContext } from './contract-row';
import { NoContracts } from './no-contracts';
import { RemoveContractDialog } from './remove-contract-dialog';
import { useComparison } from './use-comparison';
import { useContracts } from './use-contracts';

interface ContractsViewProps {
  connection: ConnectionView;
  /** @param contracts how many there are, if that is known */
  onBack: (contracts: number | undefined) => void;
}

/** What was done, and whether the contract can be enabled next. */
interface Done {
  text: string;
  enables?: ContractView;
}

const CALLS = { enable: enableContract, disable: disableContract, retry: retryContract };

/** The contracts of one connection: the list, and the form that takes its place. */
export function ContractsView({ connection, onBack }: ContractsViewProps) {
  const { state, isReloading, all, errors, reload, put, drop, compared } = useContracts(
    connection.id,
  );
  const comparison = useComparison(connection.id, compared);
  const { compare } = comparison;
  const hasContracts = all.length > 0;
  /** The first comparison comes by itself, and another one with each contract that is saved. */
  const isCompared = useRef(false);
  useEffect(() => {
    if (!hasContracts || isCompared.current) return;
    isCompared.current = true;
    void compare();
  }, [hasContracts, compare]);
  const { busy, alone } = useOneAtATime<NonNullable<ContractRowContext['busy']>>();
  const [form, setForm] = useState<{ stored?: ContractView }>();
  /** How often what had the focus went away: the button to add a contract takes it then. */
  const [lostFocus, setLostFocus] = useState(0);
  const takeFocus = () => setLostFocus((times) => times + 1);
  const [removing, setRemoving] = useState<string>();
  const [done, setDone] = useState<Done>();
  const [rowErrors, setRowErrors] = useState<readonly ApiError[]>([]);

  const clearMessages = () => {
    setDone(undefined);
    setRowErrors([]);
  };
  const openForm = (stored?: ContractView) => {
    clearMessages();
    setForm(stored === undefined ? {} : { stored });
    takeFocus();
  };
  const run = (action: keyof typeof CALLS, { id, name }: ContractView) =>
    alone({ action, id }, async () => {
      const answer = await CALLS[action]({ connection: connection.id, id });
      if (!answer.ok) {
        setRowErrors(answer.errors);
        return;
      }
      put(answer.value);
      if (action !== 'disable')
        setDone({
          text:
            action === 'enable'
              ? enabledText(answer.value)
              : `What waits or failed of “${name}” is tried again. Refresh the list to see what becomes of it.`,
        });
    });
  const onAction = (action: ContractAction, contract: ContractView) => {
    clearMessages();
    if (action === 'edit') openForm(contract);
    else if (action === 'remove') setRemoving(contract.id);
    else void run(action, contract);
  };
  const retryLoading = async () => {
    await reload();
    takeFocus();
  };

  if (form !== undefined) {
    const { stored } = form;
    return (
      <ContractForm
        connection={connection}
        stored={stored}
        onSaved={(contract) => {
          isCompared.current = true;
          put(contract);
          setDone(savedText(contract, stored === undefined));
          setForm(undefined);
          void compare();
        }}
        onCancel={() => {
          setForm(undefined);
          // What was sent last may have been stored without an answer.
          void reload();
        }}
      />
    );
  }
  const toRemove = all.find(({ id }) => id === removing);
  return (
    <Stack space="space.200" testId="contracts">
      <Inline>
        <Button
          appearance="subtle"
          spacing="compact"
          testId="back"
          onClick={() => onBack(state === 'loaded' ? all.length : undefined)}
        >
          ← All connections
        </Button>
      </Inline>
      <Inline spread="space-between" alignBlock="center" space="space.200">
        <Heading as="h2" size="medium">
          Contracts of “{connection.name}”
        </Heading>
        <Inline space="space.100">
          <LoadingButton
            appearance="subtle"
            testId="reload"
            isLoading={isReloading}
            onClick={() => void reload()}
          >
            Refresh
          </LoadingButton>
          {hasContracts && !connection.passive && (
            <LoadingButton
              appearance="subtle"
              testId="compare"
              isLoading={comparison.isAsking}
              onClick={() => void compare()}
            >
              Compare with the other site
            </LoadingButton>
          )}
          <Button
            // It is drawn at once, to have the focus of what was pressed to come here.
            key={lostFocus}
            appearance="primary"
            testId="new-contract"
            autoFocus
            onClick={() => openForm()}
          >
            Add contract
          </Button>
        </Inline>
      </Inline>
      {connection.state === 'paused' && (
        <SectionMessage appearance="warning" testId="connection-paused">
          <Text>This connection is paused: nothing moves until you resume it.</Text>
        </SectionMessage>
      )}
      {done !== undefined && (
        <Notice
          text={done.text}
          next={enablesNext(done, (contract) => {
            onAction('enable', contract);
            takeFocus();
          })}
          onDismiss={() => {
            setDone(undefined);
            takeFocus();
          }}
        />
      )}
      {errors.length > 0 && (
        <Failure
          title={
            state === 'loaded'
              ? 'The list could not be refreshed'
              : 'The contracts could not be loaded'
          }
          errors={errors}
          onRetry={() => void retryLoading()}
        />
      )}
      {rowErrors.length > 0 && <Failure title="That did not work" errors={rowErrors} />}
      {state === 'loading' && <Spinner size="large" label="Loading contracts" />}
      {state === 'loaded' && all.length === 0 && <NoContracts />}
      {hasContracts && <Compared comparison={comparison} connection={connection} />}
      {hasContracts && <ContractList contracts={all} row={{ busy, onAction }} />}
      <Misfits contracts={all} />
      <ModalTransition>
        {toRemove !== undefined && (
          <RemoveContractDialog
            contract={toRemove}
            onClose={() => setRemoving(undefined)}
            onRemoved={(id) => {
              setRemoving(undefined);
              drop(id);
              takeFocus();
            }}
          />
        )}
      </ModalTransition>
    </Stack>
  );
}

function enablesNext({ enables }: Done, enable: (contract: ContractView) => void) {
  return enables && { label: 'Enable now', run: () => enable(enables) };
}

const meeting = (name: string) =>
  `The other site needs a contract named “${name}” too, and its admin enables it there.`;

function savedText(saved: ContractView, isNew: boolean): Done {
  if (!isNew) return { text: `“${saved.name}” was saved.` };
  const text = `“${saved.name}” was added. It is disabled: nothing moves until you enable it. ${meeting(saved.name)}`;
  return { text, enables: saved };
}

function enabledText({ name, counterpart, bound }: ContractView): string {
  if (counterpart?.enabled === false)
    return `“${name}” is enabled. Its counterpart on the other site is disabled: nothing moves until its admin enables it there.`;
  return bound ? `“${name}” is enabled.` : `“${name}” is enabled. ${meeting(name)}`;
}
