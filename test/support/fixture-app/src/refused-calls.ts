/** Every call of `@forge/api` that the sandbox refuses, or refuses so, by the name that `sandbox/PARITY.md` has for it. */
import api, * as forge from '@forge/api';

const PATH = forge.route`/rest/api/any`;
const CONTEXT = 'ari:cloud:confluence::site/any';

const provider = () => api.asUser().withProvider('any', 'any');
const content = () => forge.authorize().onConfluenceContent('1');

export const refusedCalls: Record<string, () => unknown> = {
  requestConfluence: () => api.requestConfluence(PATH),
  requestBitbucket: () => api.requestBitbucket(PATH),
  'asApp().requestConfluence': () => api.asApp().requestConfluence(PATH),
  'asApp().requestBitbucket': () => api.asApp().requestBitbucket(PATH),
  'asApp().requestConnectedData': () => api.asApp().requestConnectedData(PATH),
  'asApp().requestAtlassian': () => api.asApp().requestAtlassian(PATH),
  'asApp().withContext': () => api.asApp().withContext(CONTEXT).requestJira(PATH),
  'asApp().withContext().requestJira': () => api.asApp().withContext(CONTEXT).requestJira(PATH),
  'asApp().withContext().requestConfluence': () =>
    api.asApp().withContext(CONTEXT).requestConfluence(PATH),
  'asApp().withContext().requestBitbucket': () =>
    api.asApp().withContext(CONTEXT).requestBitbucket(PATH),
  'asUser().requestConfluence': () => api.asUser().requestConfluence(PATH),
  'asUser().requestBitbucket': () => api.asUser().requestBitbucket(PATH),
  'asUser().requestGraph': () => api.asUser().requestGraph('{ me { id } }'),
  'asUser().requestTeamworkGraph': () => api.asUser().requestTeamworkGraph('{ me { id } }'),
  'asUser().requestConnectedData': () => api.asUser().requestConnectedData(PATH),
  'asUser().requestAtlassian': () => api.asUser().requestAtlassian(PATH),
  'asUser().withContext': () => api.asUser().withContext(CONTEXT).requestJira(PATH),
  'asUser().withContext().requestJira': () => api.asUser().withContext(CONTEXT).requestJira(PATH),
  'asUser().withContext().requestConfluence': () =>
    api.asUser().withContext(CONTEXT).requestConfluence(PATH),
  'asUser().withContext().requestBitbucket': () =>
    api.asUser().withContext(CONTEXT).requestBitbucket(PATH),
  'authorize().onConfluenceContent': () => content().canRead?.(),
  'authorize().onConfluenceContent().canRead': () => content().canRead?.(),
  'authorize().onConfluenceContent().canUpdate': () => content().canUpdate?.(),
  'authorize().onConfluenceContent().canDelete': () => content().canDelete?.(),
  'privacy.reportPersonalData': () =>
    forge.privacy.reportPersonalData([{ accountId: 'any', updatedAt: new Date().toISOString() }]),
  __requestAtlassianAsUser: () => forge.__requestAtlassianAsUser('/any'),
  'asUser().withProvider': provider,
  'asUser().withProvider().asAccount': () => provider().asAccount('any'),
  'asUser().withProvider().fetch': () => provider().fetch('/any'),
  'asUser().withProvider().getAccount': () => provider().getAccount(),
  'asUser().withProvider().hasCredentials': () => provider().hasCredentials(),
  'asUser().withProvider().listAccounts': () => provider().listAccounts(),
  'asUser().withProvider().listCredentials': () => provider().listCredentials(),
  'asUser().withProvider().requestCredentials': () => provider().requestCredentials(),
  'asUser().withProvider().asAccount().fetch': () => provider().asAccount('any').fetch('/any'),
  'asUser().withProvider().asAccount().getAccount': () => provider().asAccount('any').getAccount(),
  'asUser().withProvider().asAccount().hasCredentials': () =>
    provider().asAccount('any').hasCredentials(),
  'asUser().withProvider().asAccount().requestCredentials': () =>
    provider().asAccount('any').requestCredentials(),
  invokeRemote: () => api.invokeRemote('any', { path: '/any' }),
  invokeService: () => api.invokeService('any', { path: '/any' }),
  'i18n.getTranslations': () => forge.i18n.getTranslations('en-US'),
  'i18n.createTranslationFunction': () => forge.i18n.createTranslationFunction('en-US'),

  // Of what works in part: what the packages do not send themselves.
  'asApp().requestGraph': () => api.asApp().requestGraph('{ me { id } }'),
  __requestAtlassianAsApp: () => forge.__requestAtlassianAsApp('/any', { method: 'POST' }),
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is exported, so apps may call it
  createRequestStargateAsApp: () => forge.createRequestStargateAsApp()('/any'),
  __fetchProduct: () =>
    forge.__fetchProduct({ provider: 'app', remote: 'confluence', type: 'fpp' })('/any'),
  'webTrigger.getUrl': () =>
    forge.webTrigger.getUrl('hook', { secretKeyConfig: { key: 'k'.repeat(32) } }),
};
