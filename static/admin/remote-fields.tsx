import React from 'react';
import { Checkbox, HelperMessage, Inline, Label, Stack, Text, Toggle } from '@forge/react';
import type { ConnectionDraft, ConnectionView } from '../../src/entry/admin/api';
import type { FormValues } from './form-values';
import { TextField } from './text-field';

interface RemoteFieldsProps {
  stored: ConnectionView | undefined;
  values: FormValues;
  change: (changed: Partial<FormValues>) => void;
  errorAt: (field: keyof ConnectionDraft) => string | undefined;
  focusOf: (field: keyof ConnectionDraft) => string | undefined;
}

/** What the other admin gives: where their endpoint is, and the key to reach it. */
export function RemoteFields(props: RemoteFieldsProps) {
  const { stored, values, change, errorAt, focusOf } = props;
  const { passive, clearsRemoteKey } = values;
  const isStored = stored?.hasRemoteKey === true;
  const clears = passive && clearsRemoteKey;
  return (
    <Stack space="space.200">
      {passive && (
        <Text testId="remote-optional">
          Optional while this side is passive: what you enter is kept, and not used.
        </Text>
      )}
      <Stack>
        <TextField
          id="remote-url"
          label="Remote URL"
          focus={focusOf('remoteUrl')}
          isRequired={!passive}
          value={values.remoteUrl}
          onChange={(remoteUrl) => change({ remoteUrl })}
          placeholder="https://"
          help="The endpoint URL that IssueSYNC shows on the other site, not the address of that site."
          error={errorAt('remoteUrl')}
        />
      </Stack>
      <Stack space="space.050">
        <TextField
          id="remote-key"
          label="Remote Authentication Key"
          focus={focusOf('remoteKey')}
          type="password"
          isRequired={!passive && !isStored}
          isDisabled={clears}
          value={values.remoteKey}
          onChange={(remoteKey) => change({ remoteKey })}
          help={
            isStored
              ? 'Stored. Leave empty to keep it.'
              : 'The Local Authentication Key of the other site.'
          }
          error={errorAt('remoteKey')}
        />
        {isStored && passive && (
          <Checkbox
            id="clear-remote-key"
            name="clear-remote-key"
            testId="clear-remote-key"
            label="Remove the stored key"
            isChecked={clearsRemoteKey}
            onChange={(event) => change({ clearsRemoteKey: event.target.checked === true })}
          />
        )}
      </Stack>
    </Stack>
  );
}

/** Which side calls. */
export function PassiveField({
  values,
  change,
  errorAt,
}: Omit<RemoteFieldsProps, 'stored' | 'focusOf'>) {
  const error = errorAt('passive');
  return (
    <Stack space="space.050">
      <Inline space="space.050" alignBlock="center">
        <Toggle
          id="passive"
          name="passive"
          testId="passive"
          isChecked={values.passive}
          onChange={(event) => change({ passive: event.target.checked === true })}
        />
        <Label labelFor="passive">Passive</Label>
      </Inline>
      {error !== undefined && <Text color="color.text.danger">{error}</Text>}
      <HelperMessage>
        {values.passive
          ? 'This side never calls out: the other side makes all requests, in both directions. Leave it off there; if both sides are passive, nothing moves.'
          : 'Normally off on both sides. Switch it on here if the other site cannot be reached from outside, for example behind a firewall.'}
      </HelperMessage>
    </Stack>
  );
}
