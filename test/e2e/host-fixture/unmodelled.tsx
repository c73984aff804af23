/** Asks for what the sandbox's page does not draw. */
import ForgeReconciler, { Box, Button, PieChart, Stack, Text, xcss } from '@forge/react';
import React from 'react';

ForgeReconciler.render(
  <Stack>
    <Text>Beside it</Text>
    <PieChart data={[]} colorAccessor="a" valueAccessor="b" labelAccessor="c" />
    <Button iconBefore="add">With an icon</Button>
    {/* `zIndex` is none of the properties that UI Kit lets through. */}
    <Box xcss={xcss({ padding: 'space.100', ...{ zIndex: 1 } })}>
      <Text>In a box</Text>
    </Box>
  </Stack>,
);
