/** What the real `@forge/api` tells an app of itself: its context, its permissions, and paths. */
import type { Sandbox, Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';

let sandbox: Sandbox;
let north: Site;

beforeEach(async () => {
  sandbox = await startFixture();
  north = sandbox.site('north');
});

afterEach(() => sandbox.dispose());

describe('getAppContext (Forge: App context API)', () => {
  test('names the app, its version, environment, installation, invocation and module', async () => {
    const uuid = '[0-9a-f-]{36}';
    const app = '11111111-1111-4111-8111-111111111111';
    expect(await north.invoke('whole-app-context')).toEqual({
      appAri: `ari:cloud:ecosystem::app/${app}`,
      appVersion: '1.0.0',
      environmentAri: expect.stringMatching(`^ari:cloud:ecosystem::environment/${app}/${uuid}$`),
      environmentType: 'DEVELOPMENT',
      installationAri: `ari:cloud:ecosystem::installation/${north.identity.installationId}`,
      invocationId: expect.stringMatching(uuid),
      moduleKey: 'main-page',
      permissions: {
        scopes: ['read:jira-work', 'read:jira-user', 'storage:app'],
        external: {
          fetch: {
            backend: [
              '*.webtrigger.atlassian.app',
              '*.hello.atlassian-dev.net',
              'https://api.example.com',
            ],
          },
        },
      },
      leftMs: 25_000,
    });
  });

  test('each invocation has its own id, which a bound callback keeps', async () => {
    const first = (await north.invoke('bound')) as Record<string, string>;
    expect(first.bound).toBe(first.here);
    const second = (await north.invoke('bound')) as Record<string, string>;
    expect(second.here).not.toBe(first.here);
  });
});

describe('permissions (Package: @forge/api permissions)', () => {
  const fetchFrom = (backend: string[]) => ({ external: { fetch: { backend } } });

  test('hasScope is whether the manifest declares the scope', async () => {
    expect(await north.invoke('has-scope', { scope: 'storage:app' })).toBe(true);
    expect(await north.invoke('has-scope', { scope: 'write:jira-work' })).toBe(false);
  });

  test.each([
    ['backend', 'https://any.webtrigger.atlassian.app', true],
    ['backend', 'https://api.example.com/path', true],
    ['backend', 'http://api.example.com', false],
    ['backend', 'https://example.com', false],
    ['client', 'https://api.example.com', false],
  ])('canFetchFrom %s %s is %s', async (type, url, expected) => {
    expect(await north.invoke('can-fetch-from', { type, url })).toBe(expected);
  });

  test.each(['fonts', 'styles', 'frames', 'images', 'media', 'scripts'])(
    'canLoadResource of %s is no where the manifest declares none',
    async (type) => {
      const url = 'https://api.example.com';
      expect(await north.invoke('can-load-resource', { type, url })).toBe(false);
    },
  );

  test('hasPermission says what is missing', async () => {
    const scopes = ['storage:app', 'write:jira-work'];
    expect(await north.invoke('has-permission', { scopes: ['storage:app'] })).toEqual({
      granted: true,
    });
    expect(await north.invoke('has-permission', { scopes })).toEqual({
      granted: false,
      missing: 'Scopes: write:jira-work',
    });
    expect(await north.invoke('has-permission', fetchFrom(['https://example.com']))).toEqual({
      granted: false,
      missing: 'External: Fetch Backend: https://example.com',
    });
    expect(await north.invoke('has-permission', fetchFrom(['https://api.example.com']))).toEqual({
      granted: true,
    });
  });

  test('hasPermission refuses what is no requirement', async () => {
    await expect(north.invoke('has-permission', { scope: ['a'] })).rejects.toThrow(
      'Invalid permission key(s): scope',
    );
    await expect(north.invoke('has-permission', { scopes: 'a' })).rejects.toThrow(
      'scopes should be an array',
    );
  });

  test('what canFetchFrom allows is what fetch lets out', async () => {
    for (const url of ['https://api.example.com/', 'https://example.com/', 'https://a.b/']) {
      const allowed = await north.invoke('can-fetch-from', { type: 'backend', url });
      const answer = (await north.invoke('fetch', { url })) as { status?: number };
      expect(answer.status !== 403).toBe(allowed);
    }
  });
});

describe('paths of requestJira (Forge: requestJira, route)', () => {
  test('have their parameters encoded, and none that leads elsewhere', async () => {
    expect(await north.invoke('paths', { name: 'a&b=c d' })).toMatchObject({
      path: '/rest/api/3/project/a&b=c d',
      query: '/rest/api/3/user/search?query=a%26b%3Dc%20d',
    });
    for (const name of ['../myself', 'a/b', 'a?b', 'a#b', '%2e%2e', 'a\\b']) {
      const { path } = (await north.invoke('paths', { name })) as { path: string };
      expect(path).toMatch(/path manipulation/);
    }
  });

  test('routeFromAbsolute keeps path and query only', async () => {
    const name = 'https://north.example/rest/api/3/myself?expand=groups#top';
    expect(await north.invoke('paths', { name })).toMatchObject({
      absolute: '/rest/api/3/myself?expand=groups',
    });
  });

  test('must be made by route: a text is refused before Jira is asked', async () => {
    const path = '/rest/api/3/myself';
    await expect(north.invoke('unsafe-path', { path })).rejects.toThrow(/using the 'route' export/);
    expect(north.stats.snapshot().jira.calls).toBe(0);
  });
});
