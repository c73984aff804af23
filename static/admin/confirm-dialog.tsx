import React, { useState } from 'react';
import {
  Button,
  LoadingButton,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalTitle,
  Stack,
} from '@forge/react';
import type { ApiError } from '../../src/entry/admin/api';
import { Failure } from './failure';
import { useOneAtATime } from './use-one-at-a-time';

interface ConfirmDialogProps {
  title: string;
  children: React.ReactNode;
  confirm: string;
  appearance: 'primary' | 'warning' | 'danger';
  /** Answers what went wrong, if anything did: the dialog stays then. */
  onConfirm: () => Promise<readonly ApiError[]>;
  onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, appearance, onConfirm, onClose } = props;
  const [errors, setErrors] = useState<readonly ApiError[]>([]);
  const { busy, alone } = useOneAtATime<'confirming'>();
  const run = () => alone('confirming', async () => setErrors(await onConfirm()));
  return (
    <Modal onClose={onClose}>
      <ModalHeader>
        <ModalTitle>{title}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <Stack space="space.200">
          {children}
          {errors.length > 0 && <Failure title="That did not work" errors={errors} />}
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" testId="dialog-cancel" onClick={onClose}>
          Cancel
        </Button>
        <LoadingButton
          appearance={appearance}
          testId="dialog-confirm"
          isLoading={busy !== undefined}
          onClick={() => void run()}
        >
          {confirm}
        </LoadingButton>
      </ModalFooter>
    </Modal>
  );
}
