import React from 'react';
import { Box, Link, Stack, Tab, TabList, TabPanel, Tabs, Text } from '@forge/react';
import { ConnectionsTab } from './connections-tab';
import { TROUBLESHOOTING_URL } from './links';
import { SiteTab } from './site-tab';
import { useSite } from './use-site';

/** All that a Jira admin sees of IssueSYNC. */
export function AdminPage() {
  const site = useSite();
  return (
    <Stack space="space.300">
      <Tabs id="issuesync">
        <TabList>
          <Tab>Connections</Tab>
          <Tab>This site</Tab>
        </TabList>
        <TabPanel>
          <Box paddingBlockStart="space.200">
            <ConnectionsTab site={site} />
          </Box>
        </TabPanel>
        <TabPanel>
          <Box paddingBlockStart="space.200">
            <SiteTab site={site} />
          </Box>
        </TabPanel>
      </Tabs>
      <Text size="small">
        Something does not work?{' '}
        <Link href={TROUBLESHOOTING_URL} openNewTab>
          Troubleshooting
        </Link>
      </Text>
    </Stack>
  );
}
