/** A UI Kit page with one of each thing that an app does with the bridge; drawn by the tests. */
import { invoke, requestJira, router, showFlag, view } from '@forge/bridge';
import ForgeReconciler, {
  Button,
  ButtonGroup,
  Checkbox,
  DynamicTable,
  ErrorMessage,
  Form,
  FormFooter,
  FormHeader,
  FormSection,
  Heading,
  HelperMessage,
  Label,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalTitle,
  ModalTransition,
  RadioGroup,
  RequiredAsterisk,
  Select,
  Stack,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  Text,
  TextArea,
  Textfield,
  Toggle,
  UserPicker,
  ValidMessage,
  useForm,
  useProductContext,
} from '@forge/react';
import React, { useState } from 'react';
import { Gallery } from './gallery';

const COLOURS = [
  { label: 'Red', value: 'red' },
  { label: 'Green', value: 'green' },
];

/** The resolver of the test answers with a text. */
async function invokeText(key: string, payload: Record<string, unknown>): Promise<string> {
  const answer = await invoke(key, payload);
  return typeof answer === 'string' ? answer : '';
}

/** Uncontrolled fields: `useForm` keeps the values in the app. */
function RuleForm() {
  const { register, handleSubmit, getFieldId, formState } = useForm<Record<string, unknown>>({
    defaultValues: { active: true },
  });
  const [saved, setSaved] = useState('');
  return (
    <Form onSubmit={handleSubmit(async (values) => setSaved(await invokeText('save', { values })))}>
      <FormHeader title="A rule" />
      <FormSection>
        <Label labelFor={getFieldId('name')}>
          Rule name
          <RequiredAsterisk />
        </Label>
        <Textfield {...register('name', { required: true })} />
        {formState.errors.name && <ErrorMessage>A rule needs a name.</ErrorMessage>}
        <HelperMessage>Seen by everybody.</HelperMessage>
        <Label labelFor={getFieldId('colour')}>Colour</Label>
        <Select {...register('colour')} options={COLOURS} />
        <Label labelFor={getFieldId('active')}>Active</Label>
        <Toggle {...register('active')} />
        <UserPicker {...register('owner')} label="Owner" name="owner" description="A person." />
        <Checkbox {...register('agreed')} label="Agreed" />
      </FormSection>
      <FormFooter>
        <Button type="submit" appearance="primary">
          Save rule
        </Button>
      </FormFooter>
      {saved && <ValidMessage>{saved}</ValidMessage>}
    </Form>
  );
}

/** Controlled fields: each value goes to the app and comes back changed. */
function ControlledFields() {
  const [shout, setShout] = useState('');
  const [note, setNote] = useState('');
  const [on, setOn] = useState(false);
  const [size, setSize] = useState('small');
  return (
    <Stack space="space.100">
      <Label labelFor="shout">Shout</Label>
      <Textfield id="shout" value={shout} onChange={(e) => setShout(upper(e.target.value))} />
      <Label labelFor="note">Note</Label>
      <TextArea id="note" value={note} onChange={(e) => setNote(upper(e.target.value))} />
      <Label labelFor="lamp">Lamp</Label>
      <Toggle id="lamp" isChecked={on} onChange={(e) => setOn(e.target.checked === true)} />
      <RadioGroup
        name="size"
        aria-labelledby="size"
        value={size}
        options={[
          { name: 'size', label: 'Small', value: 'small' },
          { name: 'size', label: 'Large', value: 'large' },
        ]}
        onChange={(e) => setSize(String(e.target.value))}
      />
      <Text testId="controlled">{`${shout}|${note}|${on ? 'on' : 'off'}|${size}`}</Text>
    </Stack>
  );
}

const upper = (text: unknown) => String(text).toUpperCase();

function Dialog() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open dialog</Button>
      <ModalTransition>
        {open && (
          <Modal onClose={() => setOpen(false)}>
            <ModalHeader>
              <ModalTitle>Remove it?</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <Text>It cannot be undone.</Text>
            </ModalBody>
            <ModalFooter>
              <Button onClick={() => setOpen(false)}>Keep</Button>
              <Button appearance="danger" onClick={() => setOpen(false)}>
                Remove
              </Button>
            </ModalFooter>
          </Modal>
        )}
      </ModalTransition>
    </>
  );
}

function Tables() {
  const [rows, setRows] = useState<string[]>([]);
  return (
    <Stack>
      <DynamicTable
        caption="Things"
        head={{ cells: [{ key: 'name', content: 'Name', isSortable: true }] }}
        rows={rows.map((name) => ({
          key: name,
          cells: [{ key: name, content: <Text>{`Thing ${name}`}</Text> }],
        }))}
        emptyView={<Text>Nothing yet</Text>}
      />
      <Button onClick={() => setRows((all) => [...all, String(all.length + 1)])}>Add thing</Button>
    </Stack>
  );
}

function BridgeCalls() {
  const context = useProductContext();
  const [told, setTold] = useState('');
  const tell = (call: () => Promise<unknown>) => () =>
    void call().then(
      (value) => setTold(JSON.stringify(value)),
      (error: unknown) => setTold(`refused: ${error instanceof Error ? error.message : 'no'}`),
    );
  return (
    <Stack space="space.100">
      <Text testId="context">{JSON.stringify(context)}</Text>
      <ButtonGroup label="Calls">
        <Button onClick={tell(() => invoke('whoami', { n: 1 }))}>Invoke</Button>
        <Button onClick={tell(() => invoke('fails'))}>Invoke failing</Button>
        <Button onClick={tell(async () => (await requestJira('/rest/api/3/myself')).json())}>
          Ask Jira
        </Button>
        <Button onClick={tell(() => view.emitReadyEvent())}>Ready</Button>
        <Button onClick={tell(() => view.close())}>Close view</Button>
        <Button onClick={() => void router.open('https://help.example.com/checks')}>Help</Button>
        <Button onClick={tell(async () => (await fetch('https://example.com/')).status)}>
          Fetch elsewhere
        </Button>
      </ButtonGroup>
      <Button
        onClick={() => {
          const flag = showFlag({
            id: 'saved',
            title: 'Saved',
            type: 'success',
            actions: [{ text: 'Undo', onClick: () => void flag.close() }],
          });
        }}
      >
        Show flag
      </Button>
      <Button
        onClick={() => {
          throw new Error('a handler that fails');
        }}
      >
        Fail
      </Button>
      <Text testId="told">{told}</Text>
    </Stack>
  );
}

function Page() {
  return (
    <Stack space="space.300">
      <Heading as="h2">Fixture</Heading>
      <Tabs id="parts">
        <TabList>
          <Tab>Form</Tab>
          <Tab>Controlled</Tab>
          <Tab>Overlays</Tab>
          <Tab>Bridge</Tab>
          <Tab>Gallery</Tab>
        </TabList>
        <TabPanel>
          <RuleForm />
        </TabPanel>
        <TabPanel>
          <ControlledFields />
        </TabPanel>
        <TabPanel>
          <Stack space="space.200">
            <Dialog />
            <Tables />
          </Stack>
        </TabPanel>
        <TabPanel>
          <BridgeCalls />
        </TabPanel>
        <TabPanel>
          <Gallery />
        </TabPanel>
      </Tabs>
    </Stack>
  );
}

ForgeReconciler.render(<Page />);
