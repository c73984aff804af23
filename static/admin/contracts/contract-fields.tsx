import React from 'react';
import { CheckboxGroup, HelperMessage, Inline, Label, Stack, Toggle } from '@forge/react';
import type { ConnectionView } from '../../../src/entry/admin/api';
import { Failure } from '../failure';
import { FormPart } from '../form-part';
import { CodeField, TextField } from '../text-field';
import { FieldGroup, MultiSelectField, RadioField, SelectField } from './choice-fields';
import { chosenTypes, LABELS, withEvents, type Project } from './form-values';
import type { ContractFormState } from './use-contract-form';
import type { ContractOptions } from './use-contracts';
import { DIRECTIONS, EVENTS, isKeyOf, keysOf, ON_REMOTE_DELETE, POLICIES } from './words';

interface FieldsProps {
  form: ContractFormState;
}

interface IssuesFieldsProps extends FieldsProps {
  connection: ConnectionView;
  options: ContractOptions;
  projects: readonly Project[];
}

/** Which issues the contract is about. */
export function IssuesFields({ form, connection, options, projects }: IssuesFieldsProps) {
  const { values, latest, change, errorAt, focusOf } = form;
  const isLoading = options.state === 'loading';
  const project = projects.find(({ id }) => id === values.projectId);
  return (
    <Stack space="space.200">
      <Stack>
        <TextField
          id="contract-name"
          label={LABELS.name}
          isRequired
          focus={focusOf('name') ?? 'once'}
          value={values.name}
          onChange={(name) => change({ name })}
          help="Agree on it with the other admin: two contracts of the same name find each other."
          error={errorAt('name')}
        />
      </Stack>
      {options.errors.length > 0 && (
        <Failure
          title="The projects could not be loaded"
          errors={options.errors}
          onRetry={() => void options.reload()}
        />
      )}
      <Stack>
        <SelectField
          id="project"
          label={LABELS.projectId}
          isRequired
          focus={focusOf('projectId')}
          options={projects.map(({ id, key, name }) => ({ value: id, label: `${name} (${key})` }))}
          value={values.projectId}
          onChange={(projectId) => change({ projectId })}
          isLoading={isLoading}
          placeholder={isLoading ? 'Loading projects' : 'Choose a project'}
          help={projectHelp(connection, options)}
          error={errorAt('projectId')}
        />
      </Stack>
      <Stack>
        <MultiSelectField
          id="issue-types"
          label={LABELS.issueTypeIds}
          focus={focusOf('issueTypeIds')}
          options={(project?.issueTypes ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={chosenTypes(values, projects).map(({ id }) => id)}
          // Those of projects that were chosen before stay, for who goes back to one of them.
          onChange={(chosen) => {
            const others = latest().issueTypeIds.filter(
              (id) => project?.issueTypes.some((type) => type.id === id) !== true,
            );
            change({ issueTypeIds: [...others, ...chosen] });
          }}
          isLoading={isLoading}
          isDisabled={project === undefined}
          placeholder={project === undefined ? 'Choose a project first' : 'All issue types'}
          help="Leave empty for all that the project has when you save. Subtasks are not synchronized."
          error={errorAt('issueTypeIds')}
        />
      </Stack>
      <Stack>
        <CodeField
          id="jql"
          label={LABELS.jql}
          focus={focusOf('jql')}
          value={values.jql}
          onChange={(jql) => change({ jql })}
          placeholder="labels = partner AND priority >= High"
          help="Leave empty for all issues of the project and the types. A filter narrows them down: an issue gets a twin once it matches. It cannot be sorted (ORDER BY)."
          error={errorAt('jql')}
        />
      </Stack>
    </Stack>
  );
}

function projectHelp(connection: ConnectionView, { state, projects }: ContractOptions): string {
  const who = `the Local User of “${connection.name}”`;
  return state === 'loaded' && projects.length === 0
    ? `There is none that ${who} can see. Give it the permission to browse a project, then open this form again.`
    : `Those that ${who} can see.`;
}

/** What travels, and which way. */
export function TravelFields({ form }: FieldsProps) {
  const { values, latest, change, errorAt } = form;
  const { direction } = values;
  const sends = direction !== 'receive';
  return (
    <FormPart title="What is synchronized">
      <RadioField
        name="direction"
        title={LABELS.direction}
        labels={DIRECTION_LABELS}
        value={direction}
        onChange={(chosen) => change({ direction: chosen })}
        help={DIRECTIONS[direction].help}
        error={errorAt('direction')}
      />
      <FieldGroup
        name="events"
        title={LABELS.events}
        help={
          sends
            ? 'This side sends what is chosen here; the other admin chooses what comes back. A new issue gets its twin by itself or on request: choosing one takes the other away.'
            : 'Nothing is sent while this side only receives. The other admin chooses what comes.'
        }
        error={errorAt('events')}
      >
        <CheckboxGroup
          name="events"
          isDisabled={!sends}
          options={keysOf(EVENTS).map((value) => ({ value, label: EVENTS[value].label }))}
          value={values.events}
          onChange={(chosen) =>
            change({
              events: withEvents(
                latest().events,
                chosen.filter((event) => isKeyOf(EVENTS, event)),
              ),
            })
          }
        />
      </FieldGroup>
      <Stack space="space.050">
        <Inline space="space.050" alignBlock="center">
          <Toggle
            id="internal-comments"
            name="internal-comments"
            testId="internal-comments"
            isChecked={values.internalComments}
            isDisabled={!sends}
            onChange={(event) => change({ internalComments: event.target.checked === true })}
          />
          <Label labelFor="internal-comments">{LABELS.internalComments}</Label>
        </Inline>
        <HelperMessage>
          {values.internalComments
            ? 'Internal notes, and comments that only a role or a group may read, leave this site too. Who reads them there is up to the other site.'
            : 'Internal notes, and comments that only a role or a group may read, stay on this site.'}
        </HelperMessage>
      </Stack>
    </FormPart>
  );
}

/** What happens when the two sites do not agree. */
export function DisagreementFields({ form }: FieldsProps) {
  const { values, change, errorAt } = form;
  return (
    <FormPart title="When the sites differ">
      <RadioField
        name="policy"
        title={LABELS.policy}
        labels={POLICIES}
        value={values.policy}
        onChange={(policy) => change({ policy })}
        help="What counts when a field changes on both sites at the same time. Both contracts must agree: “This site wins” here is “The other site wins” there."
        error={errorAt('policy')}
      />
      <RadioField
        name="on-remote-delete"
        title={LABELS.onRemoteDelete}
        labels={ON_REMOTE_DELETE}
        value={values.onRemoteDelete}
        onChange={(onRemoteDelete) => change({ onRemoteDelete })}
        help="What happens to its twin here. This site hears of it only if deletions are chosen in the contract of the other site."
        error={errorAt('onRemoteDelete')}
      />
    </FormPart>
  );
}

const DIRECTION_LABELS = {
  both: DIRECTIONS.both.label,
  send: DIRECTIONS.send.label,
  receive: DIRECTIONS.receive.label,
};
