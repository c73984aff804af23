import React from 'react';
import { Text } from '@forge/react';
import type { ConnectionView } from '../../src/entry/admin/api';
import { retireKey } from './api';
import { ConfirmDialog } from './confirm-dialog';

interface EndOldKeyDialogProps {
  connection: ConnectionView;
  onEnded: (id: string) => void;
  onClose: () => void;
}

export function EndOldKeyDialog({ connection, onEnded, onClose }: EndOldKeyDialogProps) {
  return (
    <ConfirmDialog
      title="End the old key?"
      confirm="End old key"
      appearance="warning"
      onClose={onClose}
      onConfirm={async () => {
        const answer = await retireKey(connection.id);
        if (!answer.ok) return answer.errors;
        onEnded(connection.id);
        return [];
      }}
    >
      <Text>
        From now on <Text as="strong">{connection.name}</Text> accepts the new key only. If the
        other site still uses the old one, its requests are refused until its admin enters the new
        one.
      </Text>
    </ConfirmDialog>
  );
}
