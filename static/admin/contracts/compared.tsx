import React from 'react';
import { Heading, List, ListItem, SectionMessage, Stack, Text } from '@forge/react';
import type { ConnectionView, ContractView } from '../../../src/entry/admin/api';
import { Failure } from '../failure';
import { useLocalTime } from '../local-time';
import { Progress } from '../progress';
import type { Comparison } from './use-comparison';

interface ComparedProps {
  comparison: Comparison;
  connection: ConnectionView;
}

/** How much of what the list says of the other site is known, and since when. */
export function Compared({ comparison, connection: { passive } }: ComparedProps) {
  const { isAsking, last, errors, compare } = comparison;
  const formatTime = useLocalTime();
  if (isAsking && !passive)
    return (
      <Progress
        label="Asking the other site"
        text="Asking the other site for its contracts."
        slowText="The other site is slow. It is asked for 20 seconds at most; the list can be used meanwhile."
        testId="comparing"
      />
    );
  if (errors.length > 0)
    return (
      <Failure
        title="The contracts could not be compared"
        errors={errors}
        onRetry={() => void compare()}
      />
    );
  if (last === undefined) return null;
  const since = last.toldAt === undefined ? undefined : formatTime(last.toldAt);
  if (last.problem !== undefined)
    return (
      <SectionMessage
        appearance="warning"
        title="The other site could not be asked for its contracts"
        testId="not-compared"
      >
        <Stack space="space.050">
          <Text>{last.problem}</Text>
          <Text>
            {since === undefined
              ? 'It has never told of them.'
              : `What the list says of them is from ${since}.`}
          </Text>
        </Stack>
      </SectionMessage>
    );
  return <Text testId="compared">{comparedText(passive, since)}</Text>;
}

function comparedText(isPassive: boolean, since: string | undefined): string {
  if (!isPassive) return `Compared with the contracts of the other site: ${since ?? 'just now'}.`;
  return since === undefined
    ? 'This side is passive and cannot ask the other site for its contracts. It has not told of them yet: it does when its admin opens this page there.'
    : `This side is passive and cannot ask the other site for its contracts. What the list says of them, it has told on ${since}.`;
}

/** What does not fit between contracts and their counterparts, contract by contract. */
export function Misfits({ contracts }: { contracts: readonly ContractView[] }) {
  const unfit = contracts.filter(({ misfits }) => misfits.length > 0);
  if (unfit.length === 0) return null;
  return (
    <Stack space="space.150" testId="misfits">
      <Heading as="h3" size="small">
        Differences from the other site
      </Heading>
      {unfit.map(({ id, name, misfits }) => (
        <Stack key={id} space="space.050" testId={`misfits-${id}`}>
          <Text weight="bold">{name}</Text>
          <List type="unordered">
            {misfits.map((misfit) => (
              <ListItem key={misfit}>
                <Text>{misfit}</Text>
              </ListItem>
            ))}
          </List>
        </Stack>
      ))}
    </Stack>
  );
}
