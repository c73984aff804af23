import React from 'react';
import { List, ListItem, SectionMessage, SectionMessageAction, Text } from '@forge/react';
import type { ApiError } from '../../src/entry/admin/api';

interface FailureProps {
  title: string;
  errors: readonly ApiError[];
  onRetry?: () => void;
}

/** What went wrong with the whole call. */
export function Failure({ title, errors, onRetry }: FailureProps) {
  const messages = errors.map(({ message }) => message);
  return (
    <SectionMessage
      appearance="error"
      title={title}
      testId="failure"
      actions={
        onRetry === undefined
          ? []
          : [
              <SectionMessageAction key="retry" onClick={onRetry}>
                Try again
              </SectionMessageAction>,
            ]
      }
    >
      {messages.length === 1 ? (
        <Text>{messages[0]}</Text>
      ) : (
        <List type="unordered">
          {messages.map((message) => (
            <ListItem key={message}>
              <Text>{message}</Text>
            </ListItem>
          ))}
        </List>
      )}
    </SectionMessage>
  );
}
