import React from 'react';
import { SectionMessage, SectionMessageAction, Text } from '@forge/react';

interface NoticeProps {
  text: string;
  /** What to do next, if there is something. */
  next?: { label: string; run: () => void } | undefined;
  onDismiss: () => void;
}

/** What was done just now. */
export function Notice({ text, next, onDismiss }: NoticeProps) {
  return (
    <SectionMessage
      appearance="success"
      testId="notice"
      actions={[
        ...(next === undefined
          ? []
          : [
              <SectionMessageAction key="next" onClick={next.run}>
                {next.label}
              </SectionMessageAction>,
            ]),
        <SectionMessageAction key="dismiss" onClick={onDismiss}>
          Dismiss
        </SectionMessageAction>,
      ]}
    >
      <Text>{text}</Text>
    </SectionMessage>
  );
}
