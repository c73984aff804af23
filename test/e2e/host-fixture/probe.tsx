/**
 * A page for the first real site: what is inferred here can be seen there. To deploy it, let the resource of the
 * admin page in `manifest.yml` name this file for once. `sandbox/PARITY.md`, *Inferred*, says what to look for.
 */
import {
  Button,
  Label,
  Select,
  Stack,
  Text,
  Textfield,
  UserPicker,
  useProductContext,
  useTheme,
} from '@forge/react';
import React, { useState } from 'react';
import type { PartProps } from './log';
import { PARTS } from './parts-list';
import { renderParts } from './parts-page';

/** What the sandbox refuses, or draws as it had to guess. */
function Inferred({ log }: PartProps) {
  const context = useProductContext();
  const theme = useTheme();
  const [made, setMade] = useState(0);
  const [shout, setShout] = useState('');
  return (
    <Stack space="space.200">
      <Text>{`Context: ${JSON.stringify(context)}`}</Text>
      <Text>{`Theme: ${JSON.stringify(theme)}`}</Text>
      <UserPicker label="People" name="people" isMulti onChange={log('UserPicker.onChange')} />
      <Label labelFor="clearable">Clear it</Label>
      <Select
        inputId="clearable"
        isClearable
        options={[{ label: 'One', value: 'one' }]}
        onChange={log('Select.onChange')}
      />
      <Label labelFor="shout">Type fast: no letter may be lost</Label>
      <Textfield
        id="shout"
        value={shout}
        onChange={(event) => setShout(String(event.target.value).toUpperCase())}
      />
      <Button onClick={() => setMade((times) => times + 1)}>Make the next field anew</Button>
      <Label labelFor="made">It must have the focus then</Label>
      <Textfield key={made} id="made" defaultValue={`Made ${made} times`} autoFocus={made > 0} />
      <Button
        onClick={() => {
          throw new Error('a handler that fails');
        }}
      >
        Fail in a handler
      </Button>
    </Stack>
  );
}

renderParts({ Inferred, ...PARTS });
