import React from 'react';
import { Text } from '@forge/react';
import type { ConnectionView } from '../../src/entry/admin/api';
import { removeConnection } from './api';
import { ConfirmDialog } from './confirm-dialog';

interface RemoveDialogProps {
  connection: ConnectionView;
  onRemoved: (id: string) => void;
  onClose: () => void;
}

export function RemoveDialog({ connection: { id, name }, onRemoved, onClose }: RemoveDialogProps) {
  return (
    <ConfirmDialog
      title="Remove this connection?"
      confirm="Remove"
      appearance="danger"
      onClose={onClose}
      onConfirm={async () => {
        const answer = await removeConnection(id);
        if (!answer.ok) return answer.errors;
        onRemoved(id);
        return [];
      }}
    >
      <Text>
        <Text as="strong">{name}</Text> and its keys are deleted from this site. Issues stay as they
        are, on both sites. To connect again, both of you exchange new keys.
      </Text>
      <Text>To stop for a while only, pause the connection instead.</Text>
    </ConfirmDialog>
  );
}
