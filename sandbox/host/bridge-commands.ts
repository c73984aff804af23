/** The commands that `@forge/bridge` 7.2.0 and `@forge/react` 12.3.1 send: those that this page answers, and all others. */

export const ANSWERED_COMMANDS = [
  'closeFlag',
  'emit',
  'emitReadyEvent',
  'fetchProduct',
  'getContext',
  'getUrl',
  'invoke',
  'navigate',
  'onError',
  'reconcile',
  'reload',
  'showFlag',
] as const;

/** Refused, as a product refuses a command that it does not implement: rejected, and a violation. */
export const REFUSED_COMMANDS = [
  '__permission__egressDeleteDomain',
  '__permission__egressDeleteGroup',
  '__permission__egressGet',
  '__permission__egressSet',
  '__permission__remoteGet',
  '__permission__remoteSet',
  'changeWindowTitle',
  'close',
  'createHistory',
  'emitFrontendCustomMetric',
  'emitPublic',
  'enableTheming',
  'fetchRemote',
  'fetchUserRecommendations',
  'getCookieConsentPreferences',
  'getFrameDispatch',
  'getFrameId',
  'initFeatureFlags',
  'isRovoEnabled',
  'on',
  'onClose',
  'onPublic',
  'open',
  'openModal',
  'openRovo',
  'publishRealtimeChannel',
  'refresh',
  'requestTeamworkGraph',
  'submit',
  'subscribeRealtimeChannel',
  'trackObjectStoreAction',
] as const;

export type AnsweredCommand = (typeof ANSWERED_COMMANDS)[number];
