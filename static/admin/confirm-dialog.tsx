import React, { useRef, useState } from 'react';
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
  const [isBusy, setIsBusy] = useState(false);
  const [errors, setErrors] = useState<readonly ApiError[]>([]);
  const inFlight = useRef(false);
  const run = async () => {
    if (inFlight.current) return;
    inFlight.current = true;
    setIsBusy(true);
    setErrors(await onConfirm());
    setIsBusy(false);
    inFlight.current = false;
  };
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
          isLoading={isBusy}
          onClick={() => void run()}
        >
          {confirm}
        </LoadingButton>
      </ModalFooter>
    </Modal>
  );
}
