/** Calls all that `@forge/bridge` exports, one after the other, and says what came of each. */
import {
  createUploadPromises,
  events,
  FeatureFlags,
  fetchUserRecommendations,
  frontendCustomMetrics,
  getCookieConsentPreferences,
  i18n,
  invoke,
  invokeRemote,
  invokeService,
  makeInvoke,
  Modal,
  objectStore,
  permissions,
  realtime,
  requestBitbucket,
  requestConfluence,
  requestJira,
  requestRemote,
  requestTeamworkGraph,
  rovo,
  router,
  showFlag,
  view,
} from '@forge/bridge';
import ForgeReconciler, { Button, Stack, Text } from '@forge/react';
import React, { useState } from 'react';

const nothing = () => undefined;
const keys = { functionKey: 'objects', keys: ['a'] };

/** By the name of the export; all but those that leave the page. */
const CALLS: Record<string, () => unknown> = {
  invoke: () => invoke('whoami'),
  makeInvoke: () => makeInvoke<{ whoami: (payload: object) => unknown }>()('whoami', {}),
  invokeRemote: () => invokeRemote({ path: '/', method: 'GET' }),
  invokeService: () => invokeService({ path: '/', method: 'GET' }),
  'view.submit': () => view.submit(),
  'view.close': () => view.close(),
  'view.onClose': () => view.onClose(() => Promise.resolve()),
  'view.open': () => view.open(),
  'view.refresh': () => view.refresh(),
  'view.createHistory': () => view.createHistory(),
  'view.getContext': () => view.getContext(),
  'view.getFrameDispatch': () => view.getFrameDispatch(),
  'view.theme.enable': () => view.theme.enable(),
  'view.changeWindowTitle': () => view.changeWindowTitle('Title'),
  'view.emitReadyEvent': () => view.emitReadyEvent(),
  'router.getUrl': () => router.getUrl({ target: 'module', moduleKey: 'fixture-page' } as never),
  'router.open': () => router.open('https://help.example.com/'),
  Modal: () => new Modal({ resource: 'other' }).open(),
  requestJira: () => requestJira('/rest/api/3/myself'),
  requestConfluence: () => requestConfluence('/wiki/api/v2/pages'),
  requestBitbucket: () => requestBitbucket('/2.0/user'),
  requestRemote: () => requestRemote('remote'),
  fetchUserRecommendations: () => fetchUserRecommendations({}),
  requestTeamworkGraph: () => requestTeamworkGraph('query { a }'),
  showFlag: () => showFlag({ id: 'flag', title: 'Saved' }).close(),
  'events.emit': () => events.emit('own-event'),
  'events.on': () => events.on('own-event', nothing),
  'events.emitPublic': () => events.emitPublic('own-event'),
  'events.onPublic': () => events.onPublic('own-event', nothing),
  'realtime.publish': () => realtime.publish('channel', 'text'),
  'realtime.subscribe': () => realtime.subscribe('channel', nothing),
  'realtime.publishGlobal': () => realtime.publishGlobal('channel', 'text'),
  'realtime.subscribeGlobal': () => realtime.subscribeGlobal('channel', nothing),
  'rovo.open': () => rovo.open({ prompt: 'Hello' } as never),
  'rovo.isEnabled': () => rovo.isEnabled(),
  getCookieConsentPreferences: () => getCookieConsentPreferences(),
  'permissions.egress.get': () => permissions.egress.get({}),
  'permissions.egress.set': () => permissions.egress.set({} as never),
  'permissions.egress.deleteDomain': () => permissions.egress.deleteDomain({} as never),
  'permissions.egress.deleteGroup': () => permissions.egress.deleteGroup({} as never),
  'permissions.remote.get': () => permissions.remote.get({}),
  'permissions.remote.set': () => permissions.remote.set({} as never),
  'objectStore.upload': () =>
    objectStore.upload({ functionKey: 'objects', objects: [new Blob(['a'])] }),
  'objectStore.download': () => objectStore.download(keys),
  'objectStore.getMetadata': () => objectStore.getMetadata(keys),
  'objectStore.delete': () => objectStore.delete(keys),
  createUploadPromises: () =>
    createUploadPromises({ functionKey: 'objects', objects: [new Blob(['a'])] }),
  FeatureFlags: () => new FeatureFlags().initialize({ accountId: 'a' } as never),
  'frontendCustomMetrics.counter': () => frontendCustomMetrics.counter('clicks').incr(),
  'i18n.getTranslations': () => i18n.getTranslations('en-US'),
  'i18n.createTranslationFunction': () => i18n.createTranslationFunction('en-US'),
};

async function outcomeOf(call: () => unknown): Promise<string> {
  try {
    await call();
    return 'answered';
  } catch (error) {
    return `refused: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function Page() {
  const [outcomes, setOutcomes] = useState<Record<string, string>>();
  const callAll = async () => {
    const all: Record<string, string> = {};
    for (const [name, call] of Object.entries(CALLS)) all[name] = await outcomeOf(call);
    setOutcomes(all);
  };
  return (
    <Stack>
      <Button onClick={() => void callAll()}>Call all</Button>
      <Button onClick={() => void router.navigate('/admin?page=configure')}>Navigate</Button>
      <Button onClick={() => void router.reload()}>Reload</Button>
      {outcomes && <Text testId="outcomes">{JSON.stringify(outcomes)}</Text>}
    </Stack>
  );
}

ForgeReconciler.render(<Page />);
