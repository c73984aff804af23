/** All calls that `@forge/bridge` exports, and what an app gets of each here. */

/**
 * `answered`, or refused: then the promise is rejected. `kept`: the package keeps the refusal from the app (it goes on
 * without what it asked for), and only the page tells.
 */
export type Outcome = 'answered' | 'refused' | 'kept';

export const BRIDGE_CALLS: Readonly<Record<string, Outcome>> = {
  invoke: 'answered',
  makeInvoke: 'answered',
  invokeRemote: 'refused',
  invokeService: 'refused',
  'view.submit': 'refused',
  'view.close': 'refused',
  'view.onClose': 'refused',
  'view.open': 'refused',
  'view.refresh': 'refused',
  'view.createHistory': 'refused',
  'view.getContext': 'answered',
  'view.getFrameDispatch': 'refused',
  'view.theme.enable': 'refused',
  'view.changeWindowTitle': 'refused',
  'view.emitReadyEvent': 'answered',
  // Asks `document.referrer`, which an iframe of UI Kit does not have.
  'view.createAdfRendererIframeProps': 'refused',
  'router.getUrl': 'answered',
  'router.navigate': 'answered',
  'router.open': 'answered',
  'router.reload': 'answered',
  Modal: 'refused',
  requestConfluence: 'refused',
  requestJira: 'answered',
  requestBitbucket: 'refused',
  requestRemote: 'refused',
  fetchUserRecommendations: 'refused',
  requestTeamworkGraph: 'refused',
  showFlag: 'answered',
  'events.emit': 'refused',
  'events.on': 'refused',
  'events.emitPublic': 'refused',
  'events.onPublic': 'refused',
  'realtime.publish': 'refused',
  'realtime.subscribe': 'refused',
  'realtime.publishGlobal': 'refused',
  'realtime.subscribeGlobal': 'refused',
  'rovo.open': 'refused',
  'rovo.isEnabled': 'refused',
  getCookieConsentPreferences: 'kept',
  'permissions.egress.get': 'refused',
  'permissions.egress.set': 'refused',
  'permissions.egress.deleteDomain': 'refused',
  'permissions.egress.deleteGroup': 'refused',
  'permissions.remote.get': 'refused',
  'permissions.remote.set': 'refused',
  'objectStore.upload': 'refused',
  'objectStore.download': 'refused',
  'objectStore.getMetadata': 'kept',
  'objectStore.delete': 'kept',
  createUploadPromises: 'refused',
  FeatureFlags: 'refused',
  'frontendCustomMetrics.counter': 'refused',
  'i18n.getTranslations': 'refused',
  'i18n.createTranslationFunction': 'refused',
};

/** Run in the app's iframe alone and ask the page for nothing. */
export const WITHOUT_BRIDGE = [
  'checkPermissions',
  'createPermissionUtils',
  'i18n.resetTranslationsCache',
];

/** Leave the page, or cannot be called from UI Kit: not among the calls that are made one after the other. */
export const CALLED_APART = [
  'router.navigate',
  'router.reload',
  'view.createAdfRendererIframeProps',
];
