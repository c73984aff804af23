import React from 'react';
import { Box, Heading, List, ListItem, Stack, Text, xcss } from '@forge/react';
import { CopyField } from './copy-field';
import { EndpointUrl } from './endpoint-url';
import type { SiteState } from './use-site';

const width = xcss({ maxWidth: '720px' });

/** What the other admin must know of this site, and how the two sides are paired. */
export function SiteTab({ site }: { site: SiteState }) {
  return (
    <Box xcss={width} testId="site-tab">
      <Stack space="space.300">
        <Stack>
          <EndpointUrl id="endpoint-url" state={site} />
        </Stack>
        {site.kind === 'loaded' && (
          <Stack>
            <CopyField
              id="site-id"
              label="Site ID"
              value={site.site.siteId}
              help={`Names ${site.site.name} in test reports of the other site. You need not enter it anywhere.`}
            />
          </Stack>
        )}
        <Stack space="space.100">
          <Heading as="h2" size="small">
            How two sites are paired
          </Heading>
          <List type="unordered">
            <ListItem>
              <Text>
                Each side has a <Text as="strong">connection</Text>. Your Local Authentication Key
                is the other side’s Remote Authentication Key, and the other way round.
              </Text>
            </ListItem>
            <ListItem>
              <Text>
                The sites talk to each other only. Keys never travel: they sign what does.
              </Text>
            </ListItem>
            <ListItem>
              <Text>
                If one site cannot be reached from outside, the connection on the{' '}
                <Text as="strong">other</Text> one is set to passive, and the unreachable site makes
                all requests.
              </Text>
            </ListItem>
          </List>
        </Stack>
      </Stack>
    </Box>
  );
}
