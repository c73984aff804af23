import React from 'react';
import { Box, List, ListItem, Stack, Text, xcss } from '@forge/react';

const width = xcss({ maxWidth: '720px' });

/** No contract yet: a contract has two sides, and nobody sees that from one of them. */
export function NoContracts() {
  return (
    <Box xcss={width} testId="no-contracts">
      <Stack space="space.200">
        <Text>
          Nothing is synchronized yet. A contract says which issues of a project get a twin on the
          other site, and what of them is kept in step.
        </Text>
        <List type="ordered">
          <ListItem>
            <Text>
              <Text as="strong">Agree on a name.</Text> You and the other admin each add a contract
              of the same name, for a project of your own site. Two of one name find each other.
            </Text>
          </ListItem>
          <ListItem>
            <Text>
              <Text as="strong">Preview.</Text> See which issues match and which fields are
              synchronized, before anything is sent.
            </Text>
          </ListItem>
          <ListItem>
            <Text>
              <Text as="strong">Enable it on both sites.</Text> Until then nothing moves.
            </Text>
          </ListItem>
        </List>
      </Stack>
    </Box>
  );
}
