/** Flags: the app shows them by the bridge, they are no part of its document. */
import Flag, { AutoDismissFlag, FlagGroup } from '@atlaskit/flag';
import { flagIconGlyph } from '@atlaskit/flag/flag-icon-glyph';
import React, { useSyncExternalStore } from 'react';
import { type AppFunction } from './app-frame';
import { Store } from './store';

/** As `@forge/bridge` sends it (`showFlag`). */
export interface FlagOptions {
  id: number | string;
  title?: string;
  description?: string;
  /** The icon. */
  type: 'info' | 'success' | 'warning' | 'error';
  /** Makes the flag bold, and overrides `type`. */
  appearance?: 'info' | 'success' | 'warning' | 'error';
  actions?: { text: string; onClick: AppFunction }[];
  isAutoDismiss?: boolean;
}

const flags = new Store<readonly FlagOptions[]>([]);

/** Shows a flag on top of the others; one of the same id is replaced. */
export function showFlag(flag: FlagOptions): void {
  flags.set([flag, ...flags.get().filter(({ id }) => id !== flag.id)]);
}

/** Takes a flag away. Returns whether it was there. */
export function closeFlag(id: FlagOptions['id']): boolean {
  const closing = flags.get().find((flag) => flag.id === id);
  if (!closing) return false;
  for (const { onClick } of closing.actions ?? []) onClick.release();
  flags.set(flags.get().filter((flag) => flag !== closing));
  return true;
}

/** All flags that are shown. Atlaskit announces each as an alert. */
export function Flags() {
  const shown = useSyncExternalStore(flags.subscribe, flags.get);
  return <FlagGroup onDismissed={(id) => closeFlag(id)}>{shown.map(drawFlag)}</FlagGroup>;
}

function drawFlag({
  id,
  title = '',
  description,
  type,
  appearance,
  actions,
  isAutoDismiss,
}: FlagOptions) {
  const Kind = isAutoDismiss ? AutoDismissFlag : Flag;
  return (
    <Kind
      key={id}
      id={id}
      title={title}
      description={description}
      appearance={appearance ?? 'normal'}
      icon={flagIconGlyph[appearance ?? type]}
      actions={(actions ?? []).map(({ text, onClick }) => ({
        content: text,
        onClick: () => void onClick(),
      }))}
    />
  );
}
