import React from 'react';
import { Box, Button, Form, Heading, Inline, LoadingButton, Stack, xcss } from '@forge/react';
import type { ConnectionView, ContractView } from '../../../src/entry/admin/api';
import { FormMessages, notDone } from '../form-messages';
import { FormPart } from '../form-part';
import { Progress } from '../progress';
import { DisagreementFields, IssuesFields, TravelFields } from './contract-fields';
import { LABELS, withStored } from './form-values';
import { MappedFields } from './mapped-fields';
import { PreviewReport } from './preview-report';
import { ScreenFields } from './screen-fields';
import { TwinFields } from './twin-fields';
import { useContractForm, type ContractFormState } from './use-contract-form';
import { useContractOptions } from './use-contracts';

interface ContractFormProps {
  connection: ConnectionView;
  /** None: a new contract. */
  stored?: ContractView | undefined;
  onSaved: (saved: ContractView) => void;
  onCancel: () => void;
}

const formWidth = xcss({ maxWidth: '720px' });

/** Adds a contract, or edits one. */
export function ContractForm({ connection, stored, onSaved, onCancel }: ContractFormProps) {
  const options = useContractOptions(connection.id);
  const projects = withStored(options.projects, stored);
  const form = useContractForm({ connection: connection.id, stored, projects, onSaved });
  const save = stored === undefined ? 'Add contract' : 'Save changes';
  return (
    <Box xcss={formWidth} testId="contract-form">
      <Form onSubmit={form.save}>
        <Stack space="space.300">
          <Heading as="h2" size="medium">
            {stored === undefined ? 'Add contract' : 'Edit contract'}
          </Heading>
          <IssuesFields form={form} connection={connection} options={options} projects={projects} />
          <TravelFields form={form} />
          <ScreenFields form={form} />
          <TwinFields form={form} />
          <DisagreementFields form={form} />
          {stored !== undefined && form.previewed === undefined && (
            <FormPart title="Fields, when the contract was last saved">
              <MappedFields {...stored} />
            </FormPart>
          )}
          <FormMessages
            errors={form.errors}
            title={failureTitle(form, stored === undefined)}
            labels={LABELS}
          />
          <Inline space="space.100" alignBlock="center">
            <LoadingButton
              type="submit"
              appearance="primary"
              testId={stored === undefined ? 'add-contract' : 'save-contract'}
              isLoading={form.busy === 'saving'}
            >
              {save}
            </LoadingButton>
            <LoadingButton
              testId="preview-contract"
              isLoading={form.busy === 'previewing'}
              onClick={() => void form.preview()}
            >
              Preview
            </LoadingButton>
            <Button appearance="subtle" testId="cancel" onClick={onCancel}>
              Cancel
            </Button>
          </Inline>
          {form.busy === 'previewing' && (
            <Progress
              label="Previewing"
              text="Reading the project and its issues. This takes a few seconds."
              slowText="Jira is slow. A preview ends after 20 seconds at the latest."
              testId="preview-progress"
            />
          )}
          {form.previewed && <PreviewReport {...form.previewed} />}
        </Stack>
      </Form>
    </Box>
  );
}

/** What did not work: what was pressed. */
function failureTitle({ errors, attempted }: ContractFormState, isNew: boolean): string {
  return attempted === 'previewing'
    ? 'There is no preview'
    : notDone('The contract', isNew ? 'added' : 'saved', errors);
}
