import React from 'react';
import { SectionMessage, SectionMessageAction, Spinner, Text } from '@forge/react';
import { CopyField, HOW_TO_COPY } from './copy-field';
import type { SiteState } from './use-site';

/** This site's endpoint URL, for the other admin. */
export function EndpointUrl({ id, state }: { id: string; state: SiteState }) {
  switch (state.kind) {
    case 'loading':
      return <Spinner size="small" label="Loading this site’s endpoint URL" />;
    case 'failed':
      return (
        <SectionMessage
          appearance="error"
          title="This site’s endpoint URL could not be loaded"
          testId="site-failed"
          actions={[
            <SectionMessageAction key="retry" onClick={state.retry}>
              Try again
            </SectionMessageAction>,
          ]}
        >
          <Text>{state.message}</Text>
        </SectionMessage>
      );
    case 'loaded':
      return (
        <CopyField
          id={id}
          label="This site’s endpoint URL"
          value={state.site.endpointUrl}
          isLong
          help={`${HOW_TO_COPY} The other admin enters it as the Remote URL.`}
        />
      );
  }
}
