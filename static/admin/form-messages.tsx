import React from 'react';
import { SectionMessage, Text } from '@forge/react';
import type { ApiError } from '../../src/entry/admin/api';
import { NO_ANSWER } from './api';
import { Failure } from './failure';

interface FormMessagesProps {
  errors: readonly ApiError[];
  /** Of the errors that concern no field. */
  title: string;
  /** Each field with its label, in the order of the form. */
  labels: Readonly<Record<string, string>>;
}

/** Just above the buttons, where the person who pressed one is looking: the fields may be out of sight. */
export function FormMessages({ errors, title, labels }: FormMessagesProps) {
  const general = errors.filter(({ field }) => field === undefined || !(field in labels));
  const wrong = Object.keys(labels).filter((field) => errors.some((one) => one.field === field));
  return (
    <>
      {general.length > 0 && <Failure title={title} errors={general} />}
      {wrong.length > 0 && (
        <SectionMessage appearance="error" testId="fields-to-mend">
          <Text>Check these fields: {wrong.map((field) => labels[field]).join(', ')}.</Text>
        </SectionMessage>
      )}
    </>
  );
}

/**
 * What was not done with what. Without an answer nobody knows whether it was.
 *
 * @param what with its article
 */
export function notDone(
  what: string,
  done: 'added' | 'saved',
  errors: readonly ApiError[],
): string {
  return errors.some(({ code }) => code === NO_ANSWER)
    ? `${what} may not have been ${done}`
    : `${what} could not be ${done}`;
}
