import React, { useState } from 'react';
import {
  Button,
  ErrorMessage,
  HelperMessage,
  Inline,
  Label,
  LoadingButton,
  Lozenge,
  RequiredAsterisk,
  Stack,
  Text,
  Textfield,
} from '@forge/react';
import type { ConnectionView } from '../../src/entry/admin/api';
import { HOW_TO_COPY } from './copy-field';
import { entersLocalKey, type FormValues } from './form-values';
import { inWords, isWeak, type KeyRating } from './key-rating';

interface LocalKeyFieldProps {
  stored: ConnectionView | undefined;
  values: FormValues;
  change: (changed: Partial<FormValues>) => void;
  error: string | undefined;
  /** Takes the focus, as in `TextField`. */
  focus: string | undefined;
  rating: KeyRating | undefined;
  isGenerating: boolean;
  onGenerate: () => void;
  /** When the old one of two accepted keys ends: a third cannot be added. */
  oldKeyEnds: string | undefined;
}

/** The key that the other site must use: generated and shown once, or typed; stored, it is not shown. */
export function LocalKeyField(props: LocalKeyFieldProps) {
  const { stored, values } = props;
  const isEntered = entersLocalKey(values, stored);
  return (
    <Stack space="space.050">
      <Label labelFor="local-key">
        Local Authentication Key
        {isEntered && <RequiredAsterisk />}
      </Label>
      {isEntered ? <EnteredKey {...props} /> : <StoredKey {...props} />}
    </Stack>
  );
}

function KeyError({ error }: Pick<LocalKeyFieldProps, 'error'>) {
  return error === undefined ? null : <ErrorMessage testId="local-key-error">{error}</ErrorMessage>;
}

function StoredKey({ change, oldKeyEnds }: LocalKeyFieldProps) {
  if (oldKeyEnds !== undefined) {
    return (
      <Text>
        Two keys are accepted until {oldKeyEnds}. To replace the key again, end the old one first,
        in the list of connections.
      </Text>
    );
  }
  return (
    <Inline space="space.100" alignBlock="center">
      <Text>Stored. It cannot be shown again.</Text>
      <Button
        spacing="compact"
        testId="replace-local-key"
        onClick={() => change({ replacesLocalKey: true })}
      >
        Replace
      </Button>
    </Inline>
  );
}

function EnteredKey(props: LocalKeyFieldProps) {
  const { stored, values, change, error, focus, rating, isGenerating, onGenerate } = props;
  // The button that this field takes the place of had the focus.
  const [replacesButton, setReplacesButton] = useState(stored !== undefined);
  const isGenerated = values.localKeyIsGenerated;
  return (
    <>
      {isGenerated ? (
        <Textfield
          key="generated"
          id="local-key"
          name="local-key"
          testId="local-key"
          value={values.localKey}
          isReadOnly
          isMonospaced
        />
      ) : (
        <Textfield
          key={`typed ${focus ?? ''}`}
          autoFocus={replacesButton || focus !== undefined}
          id="local-key"
          name="local-key"
          testId="local-key"
          defaultValue={values.localKey}
          placeholder="Generate a key, or enter one"
          isMonospaced
          isInvalid={error !== undefined}
          onChange={(event) => change({ localKey: String(event.target.value ?? '') })}
        />
      )}
      <KeyError error={error} />
      <Strength rating={rating} />
      <Inline space="space.100" alignBlock="center">
        <LoadingButton
          spacing="compact"
          testId="generate-key"
          isLoading={isGenerating}
          onClick={onGenerate}
        >
          Generate
        </LoadingButton>
        {isGenerated && (
          <Button
            spacing="compact"
            appearance="subtle"
            testId="enter-local-key"
            onClick={() => {
              setReplacesButton(true);
              change({ localKey: '', localKeyIsGenerated: false });
            }}
          >
            Enter a key instead
          </Button>
        )}
        {stored !== undefined && (
          <Button
            spacing="compact"
            appearance="subtle"
            testId="keep-local-key"
            onClick={() =>
              change({ localKey: '', localKeyIsGenerated: false, replacesLocalKey: false })
            }
          >
            Keep the stored key
          </Button>
        )}
      </Inline>
      {isGenerated && (
        <HelperMessage testId="copy-key-now">
          {HOW_TO_COPY} It is not shown again after you {stored === undefined ? 'add' : 'save'} the
          connection.
        </HelperMessage>
      )}
      {stored !== undefined && (
        <HelperMessage>
          The stored key stays accepted beside the new one for 7 days, so that the other site can
          change over.
        </HelperMessage>
      )}
      <HelperMessage>
        The other site must use this key. Each connection needs its own. Send the key to the other
        admin by another channel than the URL.
      </HelperMessage>
    </>
  );
}

function Strength({ rating }: { rating: KeyRating | undefined }) {
  if (rating === undefined) return null;
  const advice = [rating.warning, ...rating.suggestions].filter((text) => text !== undefined);
  return (
    <Stack space="space.050" alignInline="start" testId="key-strength">
      <Lozenge appearance={isWeak(rating) ? 'moved' : 'success'}>{inWords(rating)}</Lozenge>
      {advice.length > 0 && <Text size="small">{advice.join(' ')}</Text>}
    </Stack>
  );
}
