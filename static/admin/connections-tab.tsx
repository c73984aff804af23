import React, { useCallback, useState } from 'react';
import { Spinner, Stack, Text } from '@forge/react';
import type { ApiError, ConnectionView, TestReport } from '../../src/entry/admin/api';
import { pauseConnection, resumeConnection } from './api';
import { ConnectionDialogs, type OpenDialog } from './connection-dialogs';
import { ConnectionForm } from './connection-form';
import { ConnectionList } from './connection-list';
import type { RowAction } from './connection-row';
import { ContractsView } from './contracts/contracts-view';
import { EmptyState } from './empty-state';
import { Failure } from './failure';
import { oldKeyEndsAt } from './key-rotation';
import { useLocalTime } from './local-time';
import { Notice } from './notice';
import { resultOf } from './test-result';
import { useConnections } from './use-connections';
import type { SiteState } from './use-site';

/** The connections of this site: the list, and the form that takes its place. */
export function ConnectionsTab({ site }: { site: SiteState }) {
  const { state, isReloading, all, errors, reload, put, patch, drop } = useConnections();
  const formatTime = useLocalTime();
  const [form, setForm] = useState<{ stored?: ConnectionView }>();
  /** Id of the connection whose contracts are shown. */
  const [contractsOf, setContractsOf] = useState<string>();
  /** How often what had the focus went away: the button to add a connection takes it then. */
  const [lostFocus, setLostFocus] = useState(0);
  const takeFocus = () => setLostFocus((times) => times + 1);
  const [dialog, setDialog] = useState<OpenDialog>();
  const [notice, setNotice] = useState<string>();
  const [busyId, setBusyId] = useState<string>();
  const [rowErrors, setRowErrors] = useState<readonly ApiError[]>([]);
  const now = Date.now();

  const onTested = useCallback(
    (id: string, report: TestReport) =>
      patch(id, { lastTest: { at: report.startedAt, result: resultOf(report) } }),
    [patch],
  );
  const clearMessages = () => {
    setNotice(undefined);
    setRowErrors([]);
  };
  const openForm = (stored?: ConnectionView) => {
    clearMessages();
    setForm(stored === undefined ? {} : { stored });
    takeFocus();
  };
  const changeState = async ({ id, state: before }: ConnectionView) => {
    setBusyId(id);
    const answer = await (before === 'running' ? pauseConnection(id) : resumeConnection(id));
    setBusyId(undefined);
    if (answer.ok) put(answer.value);
    else setRowErrors(answer.errors);
  };
  const onAction = (action: RowAction, connection: ConnectionView) => {
    clearMessages();
    if (action === 'edit') openForm(connection);
    else if (action === 'contracts') setContractsOf(connection.id);
    else if (action === 'pause' || action === 'resume') void changeState(connection);
    else setDialog({ action, id: connection.id });
  };

  const retry = async () => {
    await reload();
    takeFocus();
  };
  const focus = lostFocus === 0 ? undefined : `${lostFocus} times`;

  if (state === 'forbidden') return <Text testId="forbidden">{errors[0]?.message}</Text>;
  if (state === 'loading') return <Spinner size="large" label="Loading connections" />;
  if (state === 'failed') {
    return (
      <Failure
        title="The connections could not be loaded"
        errors={errors}
        onRetry={() => void retry()}
      />
    );
  }
  if (form !== undefined) {
    const { stored } = form;
    const oldKeyEnds = stored && oldKeyEndsAt(stored, now);
    return (
      <ConnectionForm
        stored={stored}
        others={all.filter(({ id }) => id !== stored?.id)}
        site={site}
        oldKeyEnds={oldKeyEnds && formatTime(oldKeyEnds)}
        onTested={onTested}
        onSaved={(saved) => {
          put(saved);
          setNotice(stored === undefined ? addedText(saved) : `“${saved.name}” was saved.`);
          setForm(undefined);
        }}
        onCancel={() => {
          setForm(undefined);
          // What was sent last may have been stored without an answer.
          void reload();
        }}
      />
    );
  }
  const shown = all.find(({ id }) => id === contractsOf);
  if (shown !== undefined) {
    return (
      <ContractsView
        connection={shown}
        onBack={(contracts) => {
          if (contracts !== undefined) patch(shown.id, { contracts });
          setContractsOf(undefined);
          takeFocus();
        }}
      />
    );
  }
  return (
    <Stack space="space.200">
      {notice !== undefined && (
        <Notice
          text={notice}
          onDismiss={() => {
            setNotice(undefined);
            takeFocus();
          }}
        />
      )}
      {errors.length > 0 && (
        <Failure
          title="The list could not be refreshed"
          errors={errors}
          onRetry={() => void retry()}
        />
      )}
      {rowErrors.length > 0 && <Failure title="That did not work" errors={rowErrors} />}
      {all.length === 0 ? (
        <EmptyState focus={focus} onAdd={() => openForm()} />
      ) : (
        <ConnectionList
          connections={all}
          row={{ formatTime, now, busyId, onAction }}
          isReloading={isReloading}
          focus={focus}
          onAdd={() => openForm()}
          onReload={() => void reload()}
        />
      )}
      <ConnectionDialogs
        open={dialog}
        connections={all}
        onClose={() => setDialog(undefined)}
        onTested={onTested}
        onRemoved={(id) => {
          setDialog(undefined);
          drop(id);
          takeFocus();
        }}
        onRotated={() => void reload()}
        onOldKeyEnded={(id) => {
          setDialog(undefined);
          patch(id, { rotationEndsAt: undefined });
        }}
      />
    </Stack>
  );
}

function addedText({ name, passive }: ConnectionView): string {
  const next = passive
    ? 'This side is passive: requests arrive once the other admin has added the connection too.'
    : 'Test it once the other admin has added it too: all checks should pass then.';
  return `“${name}” was added. ${next} If you have not copied the key, use Rotate key to get a new one.`;
}
