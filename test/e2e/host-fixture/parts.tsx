/** Every component that the sandbox draws, one part at a time, and a log of the events that the app gets. */
import ForgeReconciler, { Stack, Tab, TabList, TabPanel, Tabs, Text } from '@forge/react';
import React, { useCallback, useState } from 'react';
import { type Log } from './log';
import { Choices, FormPart, Pickers, Texts as TextFields } from './parts-fields';
import { Buttons, Editing, Feedback, Overlays, Table, Texts } from './parts-others';

const PARTS = {
  Buttons,
  Texts,
  Feedback,
  Overlays,
  Table,
  Editing,
  'Text fields': TextFields,
  Choices,
  Pickers,
  Form: FormPart,
};

function Page() {
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
          {Object.keys(PARTS).map((name) => (
            <Tab key={name}>{name}</Tab>
          ))}
        </TabList>
        {Object.entries(PARTS).map(([name, Part]) => (
          <TabPanel key={name}>
            <Part log={log} />
          </TabPanel>
        ))}
      </Tabs>
      <Text testId="log">{JSON.stringify(entries)}</Text>
    </Stack>
  );
}

ForgeReconciler.render(<Page />);
