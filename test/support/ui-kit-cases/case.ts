/** A case of `test/e2e/host-components.test.ts`: what it drives and what the app must see of it. */
import { type Page } from 'playwright-core';

export interface UiKitCase {
  title: string;
  /** The tab of `test/e2e/host-fixture/parts.tsx`. */
  part: string;
  /** The components that must be drawn then, and functions of the packages that the part calls. */
  drives: readonly string[];
  /** What a person does. */
  act: (page: Page) => Promise<void>;
  /** Each event that the app gets, as `Button.onClick`, in order, with all that the handler is called with. */
  events: readonly (readonly [event: string, ...args: unknown[]])[];
}

/** All that a case gives a test to: components, functions, events. */
export const coveredBy = ({ drives, events }: UiKitCase): string[] => [
  ...drives,
  ...events.map(([event]) => event),
];

/**
 * A browser's event as the app gets it: exactly these names (`SerialisableEvent` of
 * `@atlaskit/forge-react-types`), and nothing of the DOM.
 */
export const serialised = (
  type: string,
  target: Record<string, unknown>,
): Record<string, unknown> => ({
  type,
  target: { id: expect.any(String) as unknown, ...target },
  bubbles: expect.any(Boolean) as unknown,
  cancelable: expect.any(Boolean) as unknown,
  defaultPrevented: false,
  eventPhase: expect.any(Number) as unknown,
  isTrusted: expect.any(Boolean) as unknown,
  timeStamp: expect.any(Number) as unknown,
});

/** The target of an event of a button. */
export const button = { tagName: 'BUTTON', type: 'button', name: '', value: '' };

/** The target of an event of an input, with the caret behind what was typed. */
export const input = (
  type: string,
  { name, value, checked = false }: { name: string; value: string; checked?: boolean },
): Record<string, unknown> => {
  const caret = type === 'text' ? value.length : null;
  return {
    ...{ tagName: 'INPUT', type, name, value, checked },
    ...{ selectionStart: caret, selectionEnd: caret },
  };
};
