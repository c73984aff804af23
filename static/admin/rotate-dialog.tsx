import React, { useState } from 'react';
import {
  Button,
  List,
  ListItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalTitle,
  Stack,
  Text,
} from '@forge/react';
import type { ConnectionView } from '../../src/entry/admin/api';
import { rotateKey } from './api';
import { ConfirmDialog } from './confirm-dialog';
import { CopyField, HOW_TO_COPY } from './copy-field';

interface RotateDialogProps {
  connection: ConnectionView;
  /** A second key is accepted from now on. */
  onRotated: () => void;
  onClose: () => void;
}

/** Makes a new Local Authentication Key, and shows it this once. */
export function RotateDialog({ connection, onRotated, onClose }: RotateDialogProps) {
  const [key, setKey] = useState<string>();
  if (key !== undefined) return <NewKey name={connection.name} value={key} onClose={onClose} />;
  return (
    <ConfirmDialog
      title="Rotate the Local Authentication Key?"
      confirm="Rotate key"
      appearance="primary"
      onClose={onClose}
      onConfirm={async () => {
        const answer = await rotateKey(connection.id);
        if (!answer.ok) return answer.errors;
        setKey(answer.value.key);
        onRotated();
        return [];
      }}
    >
      <Text>
        <Text as="strong">{connection.name}</Text> gets a new key. The old one is accepted beside it
        for 7 days, or until you end it, so that the other site can change over without a pause.
      </Text>
    </ConfirmDialog>
  );
}

function NewKey({ name, value, onClose }: { name: string; value: string; onClose: () => void }) {
  return (
    <Modal onClose={onClose}>
      <ModalHeader>
        <ModalTitle isMultiline>New key of “{name}”</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <Stack space="space.200">
          <Stack>
            <CopyField
              id="rotated-key"
              label="New Local Authentication Key"
              value={value}
              help={`${HOW_TO_COPY} Do it now: it is not shown again.`}
            />
          </Stack>
          <List type="ordered">
            <ListItem>
              <Text>Send it to the other admin, by another channel than the URL.</Text>
            </ListItem>
            <ListItem>
              <Text>The other admin enters it as the Remote Authentication Key, and tests.</Text>
            </ListItem>
            <ListItem>
              <Text>
                You select <Text as="strong">End old key</Text> in the list. Otherwise it ends after
                7 days.
              </Text>
            </ListItem>
          </List>
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button appearance="primary" testId="dialog-done" onClick={onClose}>
          I have copied it
        </Button>
      </ModalFooter>
    </Modal>
  );
}
