/** What the sandbox leaves alone: outside of an invocation the globals are Node's. */
import { installGlobals } from '../../sandbox/forge/globals';

const nativeNow = Date.now;
const NativeDate = Date;

beforeAll(() => installGlobals());

test('the date is today', () => {
  expect(Math.abs(Date.now() - nativeNow())).toBeLessThan(1_000);
  expect(Math.abs(new Date().getTime() - nativeNow())).toBeLessThan(1_000);
  expect(Math.abs(Date.parse(Date()) - nativeNow())).toBeLessThan(2_000);
  expect(new Date(2026, 0, 1).getFullYear()).toBe(2026);
});

test('dates made before and after are both dates', () => {
  expect(new NativeDate() instanceof Date).toBe(true);
  expect(new Date() instanceof NativeDate).toBe(true);
  class Stamp extends Date {
    readonly own = true;
  }
  expect(new Stamp(0)).toMatchObject({ own: true });
  expect(new Stamp(0)).toBeInstanceOf(Stamp);
  expect(new Stamp(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
});

test('timers run in real time and can be cleared', async () => {
  let runs = 0;
  const interval = setInterval(() => (runs += 1), 1);
  clearTimeout(setTimeout(() => (runs += 1_000), 1));
  await new Promise((resolve) => setTimeout(resolve, 30));
  clearInterval(interval);
  expect(runs).toBeGreaterThan(0);
  expect(runs).toBeLessThan(1_000);
});

test('the platform cannot be called', () => {
  const { __forge_fetch__: call } = globalThis as unknown as { __forge_fetch__: () => unknown };
  expect(() => call()).toThrow(/only be called during an invocation/);
  expect('__forge_runtime__' in globalThis).toBe(true);
});
