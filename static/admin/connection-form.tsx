import React from 'react';
import {
  Box,
  Button,
  Form,
  Heading,
  Inline,
  LoadingButton,
  SectionMessage,
  Stack,
  Text,
  xcss,
} from '@forge/react';
import type {
  ConnectionDraft,
  ConnectionView,
  TestReport as Report,
} from '../../src/entry/admin/api';
import { EndpointUrl } from './endpoint-url';
import { FormMessages, notDone } from './form-messages';
import { FormPart } from './form-part';
import { LocalKeyField } from './local-key-field';
import { LocalUserField } from './local-user-field';
import { PassiveField, RemoteFields } from './remote-fields';
import { TestProgress } from './test-progress';
import { TestReport } from './test-report';
import { TextField } from './text-field';
import { useConnectionForm, type ConnectionFormState } from './use-connection-form';
import type { SiteState } from './use-site';

interface ConnectionFormProps {
  /** None: a new connection. */
  stored?: ConnectionView | undefined;
  /** The other connections of this site. */
  others: readonly ConnectionView[];
  site: SiteState;
  /** When the old one of two accepted keys ends. */
  oldKeyEnds: string | undefined;
  onSaved: (saved: ConnectionView) => void;
  onTested: (id: string, report: Report) => void;
  onCancel: () => void;
}

const formWidth = xcss({ maxWidth: '720px' });

/** Adds a connection, or edits one. */
export function ConnectionForm(props: ConnectionFormProps) {
  const { stored, others, site, oldKeyEnds, onSaved, onTested, onCancel } = props;
  const form = useConnectionForm(stored, { onSaved, onTested });
  const { values, change, errorAt, focusOf } = form;
  return (
    <Box xcss={formWidth} testId="connection-form">
      <Form onSubmit={form.save}>
        <Stack space="space.300">
          <Heading as="h2" size="medium">
            {stored === undefined ? 'Add connection' : 'Edit connection'}
          </Heading>
          <Stack space="space.200">
            <Stack>
              <TextField
                id="name"
                label="Name"
                isRequired
                focus={focusOf('name') ?? 'once'}
                value={values.name}
                onChange={(name) => change({ name })}
                help="For you to tell connections apart. The other site never sees it."
                error={errorAt('name')}
              />
            </Stack>
            <LocalUserField
              values={values}
              change={change}
              error={errorAt('localUser')}
              others={others}
              appAccountId={site.kind === 'loaded' ? site.site.appAccountId : undefined}
            />
            <PassiveField values={values} change={change} errorAt={errorAt} />
          </Stack>
          <FormPart title="Give to the other admin">
            <Stack space="space.200">
              <Stack>
                <EndpointUrl id="form-endpoint-url" state={site} />
              </Stack>
              <LocalKeyField
                stored={stored}
                values={values}
                change={change}
                error={errorAt('localKey')}
                focus={focusOf('localKey')}
                rating={form.rating}
                isGenerating={form.busy === 'generating'}
                onGenerate={() => void form.generate()}
                oldKeyEnds={oldKeyEnds}
              />
            </Stack>
          </FormPart>
          <FormPart title="Get from the other admin">
            <RemoteFields
              stored={stored}
              values={values}
              change={change}
              errorAt={errorAt}
              focusOf={focusOf}
            />
          </FormPart>
          <FormPart title="Advanced">
            <Stack>
              <TextField
                id="alternative-base-url"
                label="Alternative Base URL"
                focus={focusOf('alternativeBaseUrl')}
                value={values.alternativeBaseUrl}
                onChange={(alternativeBaseUrl) => change({ alternativeBaseUrl })}
                help="Leave empty, unless Test connection says that this site does not reach its own endpoint. Then enter the base URL that this site must use to reach itself."
                error={errorAt('alternativeBaseUrl')}
              />
            </Stack>
          </FormPart>
          <Messages form={form} isNew={stored === undefined} />
          <Inline space="space.100" alignBlock="center">
            <LoadingButton
              type="submit"
              appearance="primary"
              testId={stored === undefined ? 'add-connection' : 'save-connection'}
              isLoading={form.busy === 'saving'}
            >
              {stored === undefined ? 'Add connection' : 'Save changes'}
            </LoadingButton>
            <LoadingButton
              testId="test-connection"
              isLoading={form.busy === 'testing'}
              onClick={() => void form.test()}
            >
              Test connection
            </LoadingButton>
            <Button appearance="subtle" testId="cancel" onClick={onCancel}>
              Cancel
            </Button>
          </Inline>
          {form.busy === 'testing' && <TestProgress />}
          {form.tested && <TestReport {...form.tested} />}
        </Stack>
      </Form>
    </Box>
  );
}

/** In the order of the form. */
const LABELS: Record<keyof ConnectionDraft, string> = {
  name: 'Name',
  localUser: 'Local User',
  passive: 'Passive',
  localKey: 'Local Authentication Key',
  remoteUrl: 'Remote URL',
  remoteKey: 'Remote Authentication Key',
  alternativeBaseUrl: 'Alternative Base URL',
};

/** What did not work: what was pressed. */
function failureTitle({ errors, attempted }: ConnectionFormState, isNew: boolean): string {
  return attempted === 'testing'
    ? 'The connection could not be tested'
    : notDone('The connection', isNew ? 'added' : 'saved', errors);
}

function Messages({ form, isNew }: { form: ConnectionFormState; isNew: boolean }) {
  return (
    <>
      <FormMessages errors={form.errors} title={failureTitle(form, isNew)} labels={LABELS} />
      {form.asksAboutWeakKey && (
        <SectionMessage
          appearance="warning"
          title="The Local Authentication Key is easy to guess"
          testId="weak-key"
        >
          <Text>
            Whoever guesses it can act as the other site. Generate one instead, or select{' '}
            {isNew ? 'Add connection' : 'Save changes'} again to keep yours.
          </Text>
        </SectionMessage>
      )}
    </>
  );
}
