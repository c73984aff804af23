/** The pages of a local site, by path: `/`, `/admin` and what they load from `/_host/`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SiteIdentity, uuidFrom } from '../site';
import { type AppFiles, builtFiles, officialFiles } from './app-files';
import { bridgeFrameEntry, bundle, hostEntry, scriptOf, watchEntry } from './bundle';
import { type HostConfig, type Theme, THEMES } from './host-config';
import { APP_FRAME_POLICY, asset, html, redirect, text } from './responses';
import { createIssuePages } from './issues/issue-pages';
import type { JiraApi } from './issues/jira-client';
import type { SiteUser, SiteView } from './site-layout';
import { adminPage } from './site-pages';

export interface HostJira extends JiraApi {
  users(): SiteUser[];
  projects(): { key: string; name: string }[];
  siteAdmin(): SiteUser;
}

export interface HostManifest {
  appId: string;
  adminPages: {
    key: string;
    title: string;
    resourcePath: string;
    /** The folder of its official bundle, to be drawn from instead. */
    bundle?: string | undefined;
    useAsConfig: boolean;
  }[];
}

export interface HostPagesOptions {
  site: SiteIdentity;
  jira: HostJira;
  manifest: HostManifest;
  /** Where the paths of the manifest's resources begin. */
  projectRoot: string;
}

export interface HostPages {
  /** Answers a request of a browser; `undefined` when the path is none of these pages. */
  handle(request: Request): Promise<Response | undefined>;
}

type AppPage = HostManifest['adminPages'][number];

/** The app's environment; its id is the same on every site, as it is one deployment. */
const ENVIRONMENT_ID = uuidFrom('environment:development');

/** Serves the pages. Begins to build the bundles at once, so that the first visit need not wait. */
export function createHostPages(options: HostPagesOptions): HostPages {
  const { site, jira, manifest } = options;
  // A failure is told to the page that asks for the bundle.
  void Promise.allSettled([hostEntry, bridgeFrameEntry, watchEntry].map((entry) => bundle(entry)));
  const appFiles = new Map<string, AppFiles>(
    manifest.adminPages.map(({ key, resourcePath, bundle: official }) => [
      key,
      official === undefined
        ? builtFiles(join(options.projectRoot, resourcePath))
        : officialFiles(official),
    ]),
  );

  const issuePages = createIssuePages(jira);
  const pathOf = (page: AppPage) => (page.useAsConfig ? '/admin?page=configure' : '/admin');
  // Browsers send the cookies of `localhost` to each of its ports: one a site.
  const actorCookie = `acting-as-${site.name}`;
  const themeCookie = `theme-${site.name}`;

  /** Who can use a browser: people, no apps, and nobody who was deactivated. */
  const actors = () =>
    jira.users().filter(({ active, accountType }) => active && accountType === 'atlassian');

  function view(request: Request): SiteView {
    const chosen = readCookie(request, actorCookie);
    return {
      name: site.name,
      users: jira.users(),
      projects: jira.projects(),
      actors: actors(),
      theme: themeOf(request),
      actingAs: actors().find(({ accountId }) => accountId === chosen) ?? jira.siteAdmin(),
      adminPages: manifest.adminPages.map((page) => ({
        title: page.useAsConfig ? `Configure ${page.title}` : page.title,
        path: pathOf(page),
      })),
    };
  }

  /** As Jira keeps it with a person's account; here the browser does. */
  function themeOf(request: Request): Theme {
    const chosen = readCookie(request, themeCookie);
    return THEMES.find((theme) => theme === chosen) ?? 'auto';
  }

  function configOf(page: AppPage, { actingAs, theme }: SiteView): HostConfig {
    const { accountId, displayName, emailAddress = '' } = actingAs;
    const module = { type: 'jira:adminPage', key: page.key };
    return {
      frameUrl: `/_host/app/${page.key}/index.html`,
      module,
      adminPages: manifest.adminPages.map((one) => ({ key: one.key, path: pathOf(one) })),
      theme,
      actingAs: { accountId, displayName },
      authorization: `Basic ${Buffer.from(`${emailAddress}:sandbox`).toString('base64')}`,
      context: {
        accountId,
        cloudId: site.cloudId,
        // The form of a local id is UNVERIFIED.
        localId: `${manifest.appId}/${ENVIRONMENT_ID}/static/${page.key}`,
        environmentId: ENVIRONMENT_ID,
        environmentType: 'DEVELOPMENT',
        moduleKey: page.key,
        siteUrl: site.baseUrl,
        locale: 'en-US',
        extension: { type: module.type },
      },
    };
  }

  async function file(path: string): Promise<Response | undefined> {
    const [, page = '', name = ''] = /^app\/([\w-]+)\/([\w-]+\.(?:html|js))$/.exec(path) ?? [];
    const content = await appFiles.get(page)?.(name);
    if (content !== undefined) {
      return name.endsWith('.js')
        ? asset('.js', content)
        : html(content, { policy: APP_FRAME_POLICY });
    }
    switch (path) {
      case 'bridge-frame.js':
        return asset('.js', await scriptOf(bridgeFrameEntry));
      case 'host.js':
        return asset('.js', await scriptOf(hostEntry));
      case 'watch.js':
        return asset('.js', await scriptOf(watchEntry));
      case 'host.css':
        return asset('.css', (await bundle(hostEntry)).get('host.css') ?? '');
      case 'site.css':
        return asset('.css', await readFile(join(__dirname, 'site.css'), 'utf8'));
      default:
        return text(404, 'There is no such file.');
    }
  }

  /** Keeps what was chosen of a menu of the page's head, and goes back to where that was. */
  async function choose(
    request: Request,
    field: string,
    cookie: string,
    isChoice: (value: string) => boolean,
  ): Promise<Response> {
    const form = new URLSearchParams(await request.text());
    const value = form.get(field) ?? '';
    if (!isChoice(value)) return text(400, `${value} cannot be chosen.`);
    const back = form.get('returnTo') ?? '/';
    // A path of this site only: `//host` would lead away.
    const location = /^\/(?![/\\])/.test(back) ? back : '/';
    return redirect(location, `${cookie}=${encodeURIComponent(value)}; Path=/; SameSite=Lax`);
  }

  async function post(request: Request, pathname: string): Promise<Response | undefined> {
    switch (pathname) {
      case '/_host/acting-as':
        return choose(request, 'accountId', actorCookie, (value) =>
          actors().some(({ accountId }) => accountId === value),
        );
      case '/_host/theme':
        return choose(request, 'theme', themeCookie, (value) =>
          THEMES.some((theme) => theme === value),
        );
      default:
        return issuePages.post(request, view(request));
    }
  }

  return {
    async handle(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (request.method === 'POST') return post(request, pathname);
      if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
      if (pathname.startsWith('/_host/')) return file(pathname.slice('/_host/'.length));
      if (pathname !== '/admin') return issuePages.get(request, view(request));
      const configure = searchParams.get('page') === 'configure';
      const page = manifest.adminPages.find(({ useAsConfig }) => useAsConfig === configure);
      if (!page) return text(404, 'The app has no such page.');
      const site = view(request);
      return html(adminPage(site, page.title, pathOf(page), configOf(page, site)));
    },
  };
}

function readCookie(request: Request, name: string): string | undefined {
  const cookies = (request.headers.get('cookie') ?? '').split(/;\s*/);
  const found = cookies.find((cookie) => cookie.startsWith(`${name}=`));
  return found && decodeURIComponent(found.slice(name.length + 1));
}
