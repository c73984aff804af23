import React from 'react';
import { ModalTransition } from '@forge/react';
import type { ConnectionView, TestReport } from '../../src/entry/admin/api';
import { EndOldKeyDialog } from './end-old-key-dialog';
import { RemoveDialog } from './remove-dialog';
import { RotateDialog } from './rotate-dialog';
import { TestDialog } from './test-dialog';

/** Which dialog is open, for which connection. */
export interface OpenDialog {
  action: 'test' | 'rotate' | 'retire' | 'remove';
  id: string;
}

interface ConnectionDialogsProps {
  open: OpenDialog | undefined;
  connections: readonly ConnectionView[];
  onClose: () => void;
  onTested: (id: string, report: TestReport) => void;
  onRotated: () => void;
  onOldKeyEnded: (id: string) => void;
  onRemoved: (id: string) => void;
}

/** What is asked or shown in front of the list. */
export function ConnectionDialogs(props: ConnectionDialogsProps) {
  const { open, connections } = props;
  const connection = connections.find(({ id }) => id === open?.id);
  return (
    <ModalTransition>
      {open !== undefined && connection !== undefined && (
        <OneDialog {...props} action={open.action} connection={connection} />
      )}
    </ModalTransition>
  );
}

function OneDialog(
  props: ConnectionDialogsProps & { action: OpenDialog['action']; connection: ConnectionView },
) {
  const { action, connection, onClose } = props;
  switch (action) {
    case 'test':
      return <TestDialog connection={connection} onTested={props.onTested} onClose={onClose} />;
    case 'rotate':
      return <RotateDialog connection={connection} onRotated={props.onRotated} onClose={onClose} />;
    case 'retire':
      return (
        <EndOldKeyDialog connection={connection} onEnded={props.onOldKeyEnded} onClose={onClose} />
      );
    case 'remove':
      return <RemoveDialog connection={connection} onRemoved={props.onRemoved} onClose={onClose} />;
  }
}
