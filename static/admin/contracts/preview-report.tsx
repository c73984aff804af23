import React from 'react';
import { DynamicTable, Heading, Stack, Text } from '@forge/react';
import type { ContractPreview } from '../../../src/entry/admin/api';
import { MappedFields } from './mapped-fields';

const COLUMNS = [
  { key: 'key', content: 'Key', width: 15 },
  { key: 'summary', content: 'Summary', width: 50 },
  { key: 'type', content: 'Type', width: 15 },
  { key: 'status', content: 'Status', width: 20 },
];

interface PreviewReportProps {
  preview: ContractPreview;
  /** Of the values that stand in the form now. */
  isCurrent: boolean;
}

/** What the contract would synchronize now. */
export function PreviewReport({ preview, isCurrent }: PreviewReportProps) {
  const { samples } = preview;
  return (
    <Stack space="space.200" testId="preview">
      <Stack space="space.050">
        <Heading as="h3" size="small">
          Preview
        </Heading>
        <Text testId="preview-count">{countText(preview)}</Text>
        {!isCurrent && (
          <Text testId="preview-old">You changed the form since: preview again to be sure.</Text>
        )}
      </Stack>
      {samples.length > 0 && (
        <DynamicTable
          label="Issues that match"
          testId="preview-samples"
          head={{ cells: COLUMNS }}
          rows={samples.map((sample) => ({ key: sample.key, cells: sampleCells(sample) }))}
          isFixedSize
        />
      )}
      <MappedFields {...preview} />
    </Stack>
  );
}

function countText({ count, samples }: ContractPreview): string {
  if (count === 0) return 'No issue matches now. Issues that match later are synchronized.';
  const some = samples.length > 0 && samples.length < count ? ', for example the newest' : '';
  return count === 1
    ? 'About 1 issue matches now. Nothing has been sent.'
    : `About ${count.toLocaleString('en')} issues match now${some}. Nothing has been sent.`;
}

function sampleCells({ key, summary, issueType, status }: ContractPreview['samples'][number]) {
  return [
    { key: `key ${key}`, content: <Text weight="bold">{key}</Text> },
    { key: 'summary', content: <Text maxLines={2}>{summary}</Text> },
    { key: 'type', content: <Text>{issueType}</Text> },
    { key: 'status', content: <Text>{status}</Text> },
  ];
}
