import React from 'react';
import { Heading, Stack } from '@forge/react';

/** A part of a form, under a heading of its own. */
export function FormPart({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Stack space="space.150">
      <Heading as="h3" size="small">
        {title}
      </Heading>
      {children}
    </Stack>
  );
}
