import React from 'react';
import { Box, Button, Heading, List, ListItem, Stack, Text, xcss } from '@forge/react';

const width = xcss({ maxWidth: '720px' });

interface EmptyStateProps {
  /** The button to add one takes the focus, as in `TextField`. */
  focus: string | undefined;
  onAdd: () => void;
}

/** No connection yet: the set-up has two sides, and nobody sees that from one of them. */
export function EmptyState({ focus, onAdd }: EmptyStateProps) {
  return (
    <Box xcss={width} testId="empty-state">
      <Stack space="space.200" alignInline="start">
        <Heading as="h2" size="medium">
          Connect this site with another Jira site
        </Heading>
        <Text>Both sites need IssueSYNC, and an admin each. On both sites, you:</Text>
        <List type="ordered">
          <ListItem>
            <Text>
              <Text as="strong">Start a connection.</Text> Select{' '}
              <Text as="strong">Add connection</Text>, pick a Local User and generate a key.
            </Text>
          </ListItem>
          <ListItem>
            <Text>
              <Text as="strong">Swap.</Text> Give the other admin this site’s endpoint URL and your
              key, and enter theirs. Send the key by another channel than the URL.
            </Text>
          </ListItem>
          <ListItem>
            <Text>
              <Text as="strong">Test and add.</Text> The first of you sees one warning, that the
              other site does not accept the key yet. It goes once the other has added the
              connection too.
            </Text>
          </ListItem>
        </List>
        <Button
          key={focus}
          appearance="primary"
          testId="new-connection"
          autoFocus={focus !== undefined}
          onClick={onAdd}
        >
          Add connection
        </Button>
      </Stack>
    </Box>
  );
}
