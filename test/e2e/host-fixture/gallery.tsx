/** Everything that is only drawn, and elements in props. */
import {
  Box,
  Button,
  Code,
  Em,
  EmptyState,
  Inline,
  Link,
  LinkButton,
  List,
  ListItem,
  LoadingButton,
  Lozenge,
  ProgressBar,
  Radio,
  SectionMessage,
  SectionMessageAction,
  Spinner,
  Stack,
  Strong,
  Text,
  Tooltip,
  User,
  Badge,
  xcss,
} from '@forge/react';
import React, { useState } from 'react';

/** A class: React links each element that it makes to its fiber, which must not cross the bridge. */
class Invitation extends React.Component<{ onBegin: () => void }> {
  override render() {
    return (
      <EmptyState
        header="Nothing here"
        headingLevel={3}
        description="Add one to begin."
        primaryAction={<Button onClick={this.props.onBegin}>Begin</Button>}
      />
    );
  }
}

export function Gallery() {
  const [clicks, setClicks] = useState(0);
  return (
    <Stack space="space.200">
      <SectionMessage
        title="Mind this"
        appearance="warning"
        actions={[
          <SectionMessageAction key="count" onClick={() => setClicks((count) => count + 1)}>
            Count
          </SectionMessageAction>,
        ]}
      >
        <Text>
          It is <Strong>important</Strong>, <Em>really</Em>, <Code>code</Code>.
        </Text>
      </SectionMessage>
      <Text testId="clicks">{String(clicks)}</Text>
      <Invitation onBegin={() => setClicks((count) => count + 10)} />
      <Box
        testId="box"
        xcss={xcss({ padding: 'space.200', backgroundColor: 'color.background.danger' })}
      >
        <Inline space="space.100">
          <Lozenge appearance="success">ok</Lozenge>
          <Badge>{3}</Badge>
          <Spinner label="Working" />
          <User accountId="712020:ada" />
        </Inline>
      </Box>
      <ProgressBar ariaLabel="Progress" value={0.5} />
      <Tooltip content="More about it">
        <Button>Hover me</Button>
      </Tooltip>
      <LoadingButton isLoading>Waiting</LoadingButton>
      <LinkButton href="/somewhere">Go</LinkButton>
      <Link href="https://example.com/docs" openNewTab>
        Docs
      </Link>
      <Radio name="alone" label="Alone" value="alone" />
      <List type="ordered">
        <ListItem>First</ListItem>
        <ListItem>Second</ListItem>
      </List>
    </Stack>
  );
}
