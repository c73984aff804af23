import React, { useEffect, useState } from 'react';
import { Inline, Spinner, Text } from '@forge/react';

/** After this long a person wonders whether anything still happens. */
const SLOW_AFTER_MS = 5_000;

/** While a test runs: both sites may have to start first. */
export function TestProgress() {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Inline space="space.100" alignBlock="center" testId="test-progress">
      <Spinner size="small" label="Testing" />
      <Text>
        {isSlow
          ? 'Still waiting for an answer. A test ends after 20 seconds at the latest.'
          : 'Testing this site and the other one. This takes a few seconds.'}
      </Text>
    </Inline>
  );
}
