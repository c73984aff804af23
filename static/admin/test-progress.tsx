import React from 'react';
import { Progress } from './progress';

/** While a test runs: both sites may have to start first. */
export function TestProgress() {
  return (
    <Progress
      label="Testing"
      text="Testing this site and the other one. This takes a few seconds."
      slowText="Still waiting for an answer. A test ends after 20 seconds at the latest."
      testId="test-progress"
    />
  );
}
