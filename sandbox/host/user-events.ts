/** What a handler of the app is called with: a copy of the browser's event that can cross the bridge. */
import { type SyntheticEvent } from 'react';
import { type AppFunction } from './app-frame';

/** As `@atlaskit/forge-react-types` describes it (`SerialisableEvent`). */
export interface SerialisableEvent {
  bubbles: boolean;
  cancelable: boolean;
  defaultPrevented: boolean;
  eventPhase: number;
  isTrusted: boolean;
  timeStamp: number;
  type: string;
  target: {
    value?: string;
    checked?: boolean;
    name?: string;
    id?: string;
    tagName?: string;
    type?: string;
    selectionStart?: number | null;
    selectionEnd?: number | null;
  };
}

/** The copy of a browser's event; Atlaskit's second argument (analytics) does not cross. */
export function serialise(event: SyntheticEvent | Event): SerialisableEvent {
  const { bubbles, cancelable, defaultPrevented, eventPhase, isTrusted, timeStamp, type } = event;
  return {
    ...{ bubbles, cancelable, defaultPrevented, eventPhase, isTrusted, timeStamp, type },
    target: serialiseTarget(event.target),
  };
}

function serialiseTarget(target: EventTarget | null): SerialisableEvent['target'] {
  if (!(target instanceof HTMLElement)) return {};
  const { id, tagName } = target;
  if (target instanceof HTMLInputElement) {
    const { value, checked, name, type, selectionStart, selectionEnd } = target;
    return { id, tagName, value, checked, name, type, selectionStart, selectionEnd };
  }
  if (target instanceof HTMLTextAreaElement) {
    const { value, name, type, selectionStart, selectionEnd } = target;
    return { id, tagName, value, name, type, selectionStart, selectionEnd };
  }
  if (target instanceof HTMLButtonElement) {
    const { value, name, type } = target;
    return { id, tagName, value, name, type };
  }
  return { id, tagName };
}

const USER_EVENTS = ['onClick', 'onBlur', 'onFocus'] as const;

type UserEvents = Partial<
  Record<(typeof USER_EVENTS)[number], (event: SyntheticEvent | Event) => void>
>;

/** The handlers of `props` for what users do, to be called with the browser's event. */
export function userEvents(
  props: Partial<Record<(typeof USER_EVENTS)[number], AppFunction | undefined>>,
): UserEvents {
  const handlers: UserEvents = {};
  for (const name of USER_EVENTS) {
    const handler = props[name];
    if (handler) handlers[name] = (event) => void handler(serialise(event));
  }
  return handlers;
}
