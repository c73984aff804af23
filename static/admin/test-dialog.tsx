import React, { useCallback, useEffect, useState } from 'react';
import {
  Button,
  LoadingButton,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalTitle,
} from '@forge/react';
import type {
  AdminApi,
  Answer,
  ConnectionView,
  TestReport as Report,
} from '../../src/entry/admin/api';
import { testConnection } from './api';
import { Failure } from './failure';
import { TestProgress } from './test-progress';
import { TestReport } from './test-report';

interface TestDialogProps {
  connection: ConnectionView;
  onTested: (id: string, report: Report) => void;
  onClose: () => void;
}

/** Tests a stored connection, as soon as it is opened. */
export function TestDialog({ connection: { id, name }, onTested, onClose }: TestDialogProps) {
  const [answer, setAnswer] = useState<Answer<AdminApi['connections/test']['value']>>();
  const run = useCallback(async () => {
    setAnswer(undefined);
    const next = await testConnection({ id });
    setAnswer(next);
    if (next.ok) onTested(id, next.value);
  }, [id, onTested]);
  useEffect(() => void run(), [run]);
  return (
    <Modal width="large" onClose={onClose}>
      <ModalHeader>
        <ModalTitle isMultiline>Test of “{name}”</ModalTitle>
      </ModalHeader>
      <ModalBody>
        {answer === undefined && <TestProgress />}
        {answer?.ok === true && <TestReport report={answer.value} />}
        {answer?.ok === false && (
          <Failure title="The connection could not be tested" errors={answer.errors} />
        )}
      </ModalBody>
      <ModalFooter>
        <LoadingButton
          testId="test-again"
          isLoading={answer === undefined}
          onClick={() => void run()}
        >
          Test again
        </LoadingButton>
        <Button appearance="primary" testId="dialog-done" onClick={onClose}>
          Close
        </Button>
      </ModalFooter>
    </Modal>
  );
}
