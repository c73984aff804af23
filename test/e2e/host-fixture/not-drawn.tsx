/** Each component of UI Kit that the sandbox's page does not draw. */
import * as UiKit from '@forge/react';
import ForgeReconciler, { Stack, Text } from '@forge/react';
import React, { type ComponentType } from 'react';
import { NOT_DRAWN } from '../../../sandbox/host/not-drawn';

/** What those need that are functions, before they send anything. */
const PROPS = {
  content: () => null,
  trigger: () => null,
  document: { type: 'doc', version: 1, content: [] },
};

const components = new Map<string, unknown>(Object.entries(UiKit));

ForgeReconciler.render(
  <Stack>
    <Text>Beside them</Text>
    {Object.keys(NOT_DRAWN).map((name) => {
      const Component = components.get(name) as ComponentType<typeof PROPS>;
      return <Component key={name} {...PROPS} />;
    })}
  </Stack>,
);
