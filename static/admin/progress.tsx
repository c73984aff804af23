import React, { useEffect, useState } from 'react';
import { Inline, Spinner, Text } from '@forge/react';

/** After this long a person wonders whether anything still happens. */
const SLOW_AFTER_MS = 5_000;

interface ProgressProps {
  label: string;
  text: string;
  /** Instead, once it takes long. */
  slowText: string;
  testId: string;
}

/** While something runs that may take several seconds. */
export function Progress({ label, text, slowText, testId }: ProgressProps) {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Inline space="space.100" alignBlock="center" testId={testId}>
      <Spinner size="small" label={label} />
      <Text>{isSlow ? slowText : text}</Text>
    </Inline>
  );
}
