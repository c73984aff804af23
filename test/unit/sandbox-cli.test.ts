/** The options of `npm start`; `test/e2e/npm-start.test.ts` has the process. */
import { parseOptions, UsageError } from '../../sandbox/cli-options';

test('they have defaults', () => {
  expect(parseOptions([])).toEqual({
    memory: false,
    store: '.sandbox',
    port: 7101,
    sites: ['north', 'south'],
    paired: false,
    latencyMs: 0,
    bundle: undefined,
  });
});

test('they can all be given', () => {
  const args = ['--memory', '--store', 'x', '--port', '8000', '--sites', 'a,b-2,c', '--paired'];
  expect(parseOptions([...args, '--latency', '250', '--bundle', 'built'])).toEqual({
    memory: true,
    store: 'x',
    port: 8000,
    sites: ['a', 'b-2', 'c'],
    paired: true,
    latencyMs: 250,
    bundle: 'built',
  });
});

test.each([
  [['--port', 'x'], /--port: "x" is no whole number/],
  [['--port', '0'], /--port/],
  [['--port', '65535'], /--port/],
  [['--latency=-1'], /--latency/],
  [['--latency', '1.5'], /--latency/],
  [['--sites', ''], /--sites/],
  [['--sites', 'a,,b'], /--sites/],
  [['--sites', 'A'], /--sites/],
  [['--sites', 'a,a'], /twice/],
  [['--paired', '--sites', 'a'], /--paired: it takes two sites/],
  [['--paired=yes'], /--paired/],
  [['--nope'], /--nope/],
  [['extra'], /extra/],
])('%j is refused', (args, message) => {
  expect(() => parseOptions(args)).toThrow(UsageError);
  expect(() => parseOptions(args)).toThrow(message);
});
