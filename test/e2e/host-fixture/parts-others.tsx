/** Everything of UI Kit that is no field, each with a handler for each of its events. */
import {
  Badge,
  Box,
  Button,
  ButtonGroup,
  Code,
  DynamicTable,
  Em,
  EmptyState,
  Heading,
  Icon,
  Inline,
  InlineEdit,
  Link,
  LinkButton,
  List,
  ListItem,
  LoadingButton,
  Lozenge,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalTitle,
  ModalTransition,
  ProgressBar,
  SectionMessage,
  SectionMessageAction,
  Spinner,
  Stack,
  Strike,
  Strong,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  Tag,
  TagGroup,
  Text,
  Textfield,
  Tooltip,
  useProductContext,
  xcss,
} from '@forge/react';
import React, { useState } from 'react';
import type { PartProps } from './log';

export const Buttons = ({ log }: PartProps) => (
  <ButtonGroup label="Buttons">
    <Button
      onClick={log('Button.onClick')}
      onFocus={log('Button.onFocus')}
      onBlur={log('Button.onBlur')}
    >
      Press
    </Button>
    <LoadingButton
      onClick={log('LoadingButton.onClick')}
      onFocus={log('LoadingButton.onFocus')}
      onBlur={log('LoadingButton.onBlur')}
    >
      Load
    </LoadingButton>
    <LinkButton
      href="#here"
      onClick={log('LinkButton.onClick')}
      onFocus={log('LinkButton.onFocus')}
      onBlur={log('LinkButton.onBlur')}
    >
      Go
    </LinkButton>
  </ButtonGroup>
);

export function Texts() {
  const context = useProductContext();
  return (
    <Box testId="box" xcss={xcss({ padding: 'space.200' })}>
      <Stack>
        <Heading as="h3">A heading</Heading>
        <Inline>
          <Text>
            <Strong>strong</Strong> <Em>em</Em> <Strike>strike</Strike> <Code>code</Code>
          </Text>
          <Link href="https://example.com/docs">Docs</Link>
        </Inline>
        <List type="unordered">
          <ListItem>An item</ListItem>
        </List>
        <Text testId="module">{context?.moduleKey ?? ''}</Text>
      </Stack>
    </Box>
  );
}

export const Feedback = ({ log }: PartProps) => (
  <Stack>
    <SectionMessage
      title="Mind this"
      actions={[
        <SectionMessageAction key="act" onClick={log('SectionMessageAction.onClick')}>
          Act
        </SectionMessageAction>,
      ]}
    >
      <Text>A message</Text>
    </SectionMessage>
    <Lozenge>a lozenge</Lozenge>
    <Badge>{7}</Badge>
    <Spinner label="Waiting" />
    <ProgressBar ariaLabel="Progress" value={0.5} />
    <EmptyState header="Nothing here" description="Add one." />
    <Tooltip content="More about it">
      <Button>Hover</Button>
    </Tooltip>
  </Stack>
);

export function Overlays({ log }: PartProps) {
  const [open, setOpen] = useState(false);
  const logClose = log('Modal.onClose');
  return (
    <Stack>
      <Button onClick={() => setOpen(true)}>Open</Button>
      <ModalTransition>
        {open && (
          <Modal
            onClose={(...args: unknown[]) => {
              logClose(...args);
              setOpen(false);
            }}
          >
            <ModalHeader>
              <ModalTitle>A dialog</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <Text>Its body</Text>
            </ModalBody>
            <ModalFooter>
              <Button onClick={() => setOpen(false)}>Done</Button>
            </ModalFooter>
          </Modal>
        )}
      </ModalTransition>
      <Tabs id="inner" onChange={log('Tabs.onChange')}>
        <TabList>
          <Tab>One</Tab>
          <Tab>Two</Tab>
        </TabList>
        <TabPanel>
          <Text>First panel</Text>
        </TabPanel>
        <TabPanel>
          <Text>Second panel</Text>
        </TabPanel>
      </Tabs>
    </Stack>
  );
}

export const Table = ({ log }: PartProps) => (
  <DynamicTable
    caption="Things"
    head={{ cells: [{ key: 'name', content: 'Name' }] }}
    rows={['a', 'b', 'c'].map((name) => ({ key: name, cells: [{ key: name, content: name }] }))}
    rowsPerPage={2}
    onSetPage={log('DynamicTable.onSetPage')}
  />
);

export function Editing({ log }: PartProps) {
  const [name, setName] = useState('Old');
  const logConfirm = log('InlineEdit.onConfirm');
  return (
    <Stack>
      <TagGroup>
        <Tag
          text="bug"
          removeButtonLabel="Remove bug"
          onAfterRemoveAction={log('Tag.onAfterRemoveAction')}
        />
        <Tag text="fixed" isRemovable={false} />
      </TagGroup>
      <Icon glyph="arrow-right" label="to" color="color.icon.danger" />
      <InlineEdit
        label="Title"
        defaultValue={name}
        editView={({ onChange, value }) => (
          <Textfield testId="edit" value={value} onChange={onChange} />
        )}
        readView={() => <Text>{`Title: ${name}`}</Text>}
        onConfirm={(value) => {
          logConfirm(value);
          setName(value);
        }}
        onEdit={log('InlineEdit.onEdit')}
        onCancel={log('InlineEdit.onCancel')}
      />
    </Stack>
  );
}
