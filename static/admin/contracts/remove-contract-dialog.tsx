import React from 'react';
import { Text } from '@forge/react';
import type { ContractView } from '../../../src/entry/admin/api';
import { removeContract } from '../api';
import { ConfirmDialog } from '../confirm-dialog';

interface RemoveContractDialogProps {
  contract: ContractView;
  onRemoved: (id: string) => void;
  onClose: () => void;
}

export function RemoveContractDialog({ contract, onRemoved, onClose }: RemoveContractDialogProps) {
  const { id, name, connection, waiting } = contract;
  return (
    <ConfirmDialog
      title="Remove this contract?"
      confirm="Remove"
      appearance="danger"
      onClose={onClose}
      onConfirm={async () => {
        const answer = await removeContract({ connection, id });
        if (!answer.ok) return answer.errors;
        onRemoved(id);
        return [];
      }}
    >
      <Text>
        <Text as="strong">{name}</Text> no longer synchronizes anything. Issues and their twins stay
        as they are, on both sites, and the app remembers which belong together: a later contract
        goes on with them.
      </Text>
      {waiting > 0 && (
        <Text testId="unsent">
          Changes of {waiting === 1 ? '1 issue' : `${waiting} issues`} that wait to be sent are not
          sent.
        </Text>
      )}
      <Text>To stop for a while only, disable the contract instead.</Text>
    </ConfirmDialog>
  );
}
