import React from 'react';
import { List, ListItem, Stack, Text } from '@forge/react';
import type { ContractView } from '../../../src/entry/admin/api';
import { DIRECTIONS } from './words';

/** Which fields are synchronized, and which not and why. */
export function MappedFields({ mapped, notMapped }: Pick<ContractView, 'mapped' | 'notMapped'>) {
  return (
    <Stack space="space.100" testId="mapped-fields">
      <Text>
        <Text as="strong">
          {mapped.length === 0 ? 'No field is synchronized.' : 'Synchronized fields: '}
        </Text>
        {mapped.map(mappedText).join(', ')}
      </Text>
      {notMapped.length > 0 && (
        <Stack space="space.050">
          <Text weight="bold">Not synchronized</Text>
          <List type="unordered">
            {byReason(notMapped).map(([reason, fields]) => (
              <ListItem key={reason}>
                <Text>
                  {fields.join(', ')}: {reason}
                </Text>
              </ListItem>
            ))}
          </List>
        </Stack>
      )}
    </Stack>
  );
}

function mappedText({ field, direction }: ContractView['mapped'][number]): string {
  return direction === 'both' ? field : `${field} (${DIRECTIONS[direction].label.toLowerCase()})`;
}

/** Many fields have the same reason: it is told once. */
function byReason(notMapped: ContractView['notMapped']): [string, string[]][] {
  const fields = new Map<string, string[]>();
  for (const { field, reason } of notMapped) {
    fields.set(reason, [...(fields.get(reason) ?? []), field]);
  }
  return [...fields];
}
