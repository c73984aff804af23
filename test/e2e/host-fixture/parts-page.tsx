/** A page with a tab for each part, and below a log of the events that the app gets. */
import ForgeReconciler, { Stack, Tab, TabList, TabPanel, Tabs, Text } from '@forge/react';
import React, { useCallback, useState, type ComponentType } from 'react';
import { type Log, type PartProps } from './log';

export function renderParts(parts: Readonly<Record<string, ComponentType<PartProps>>>): void {
  ForgeReconciler.render(<Page parts={parts} />);
}

function Page({ parts }: { parts: Readonly<Record<string, ComponentType<PartProps>>> }) {
  const [entries, setEntries] = useState<[event: string, ...args: unknown[]][]>([]);
  const log = useCallback<Log>(
    (event) =>
      (...args) =>
        setEntries((before) => [...before, [event, ...args]]),
    [],
  );
  return (
    <Stack space="space.300">
      <Tabs id="parts">
        <TabList>
          {Object.keys(parts).map((name) => (
            <Tab key={name}>{name}</Tab>
          ))}
        </TabList>
        {Object.entries(parts).map(([name, Part]) => (
          <TabPanel key={name}>
            <Part log={log} />
          </TabPanel>
        ))}
      </Tabs>
      <Text testId="log">{JSON.stringify(entries)}</Text>
    </Stack>
  );
}
