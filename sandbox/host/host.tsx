/**
 * The page that an admin page of the app is shown on: starts the app in its iframe and draws what it
 * sends, as the product's own page does.
 */
import '@atlaskit/css-reset';
import './host.css';
import { setBooleanFeatureFlagResolver } from '@atlaskit/platform-feature-flags';
import Spinner from '@atlaskit/spinner';
import { setGlobalTheme } from '@atlaskit/tokens/set-global-theme';
import React, { Component, type ReactNode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { AppFrame } from './app-frame';
import { createBridge } from './bridge';
import { Flags } from './flags';
import { type ForgeNode } from './forge-doc';
import { readBridgeDelay, readHostConfig } from './host-config';
import { requestJira } from './jira-people';
import { isRecord, messageOf } from './messages';
import { drawDocument } from './render';
import { Store } from './store';
import { stats, violate, violations } from './violations';

/** What there is to see. */
type Content =
  | { state: 'loading' }
  | { state: 'drawn'; document: ForgeNode }
  /** Instead of the app: why it is not here. */
  | { state: 'failed'; title: string; detail: ReactNode };

const content = new Store<Content>({ state: 'loading' });
const config = readHostConfig();

function Page() {
  const shown = useSyncExternalStore(content.subscribe, content.get);
  return (
    <>
      <Violations />
      <div id="app" aria-busy={shown.state === 'loading'}>
        <Guard>{draw(shown)}</Guard>
      </div>
      <Flags />
    </>
  );
}

function draw(shown: Content): ReactNode {
  switch (shown.state) {
    case 'loading':
      return <Spinner size="large" label="Loading the app" />;
    case 'drawn':
      return drawDocument(shown.document);
    case 'failed':
      return (
        <div className="failure" role="alert">
          <h2>{shown.title}</h2>
          {shown.detail}
        </div>
      );
  }
}

function Violations() {
  const all = useSyncExternalStore(violations.subscribe, violations.get);
  return all.length === 0 ? null : (
    <div className="violation" role="alert">
      <strong>This would fail a test:</strong>
      <ul>
        {all.map((violation) => (
          <li key={violation}>{violation}</li>
        ))}
      </ul>
    </div>
  );
}

/** A document that Atlaskit cannot draw is the app's error, and the page survives it. */
class Guard extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: Error) {
    violate(`Atlaskit could not draw the document: ${error.message}`);
  }

  override render() {
    return this.state.failed ? null : this.props.children;
  }
}

/** Jira shows the administration, and apps' pages in it, to its administrators only. */
async function mayAdminister(): Promise<boolean> {
  const response = await requestJira('/rest/api/3/mypermissions?permissions=ADMINISTER');
  const answer: unknown = response.ok ? await response.json() : {};
  const permissions = isRecord(answer) && isRecord(answer.permissions) ? answer.permissions : {};
  return isRecord(permissions.ADMINISTER) && permissions.ADMINISTER.havePermission === true;
}

function startApp(): void {
  const runCommand = createBridge({
    config,
    onDocument: (document) => {
      stats.documents += 1;
      content.set({ state: 'drawn', document });
    },
  });
  new AppFrame({
    src: config.frameUrl,
    delayMs: readBridgeDelay(),
    runCommand,
    onCrash: (detail) => {
      violate(`the app failed: ${detail}`);
      if (content.get().state === 'loading') {
        content.set({
          state: 'failed',
          title: 'The app did not start',
          // A compiler's message has its lines.
          detail: <pre>{detail}</pre>,
        });
      }
    },
  }).start();
}

async function start(root: HTMLElement): Promise<void> {
  window.__stats = stats;
  window.addEventListener('securitypolicyviolation', (event) =>
    violate(`the page was refused ${event.effectiveDirective} of ${event.blockedURI}`),
  );
  // The product's feature gates are not known: all are off, as they are in Atlaskit without a client.
  setBooleanFeatureFlagResolver(() => false);
  await setGlobalTheme({ colorMode: config.theme });
  createRoot(root).render(<Page />);
  if (await mayAdminister()) startApp();
  else {
    const detail = <p>{config.actingAs.displayName} is not a Jira administrator.</p>;
    content.set({ state: 'failed', title: 'Only Jira administrators can see this page', detail });
  }
}

const root = document.getElementById('host');
if (root) start(root).catch((error: unknown) => violate(messageOf(error)));
