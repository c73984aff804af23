/** The HTML documents of a local site: its own small pages, the frame around the app, the app's iframe. */
import React, { type ReactNode } from 'react';
import type { HostConfig } from './host-config';
import { documentOf, Layout, type SiteView, type Watch } from './site-layout';

/** `/`: the issues of a project, and who and what is on this site. */
export function sitePage(
  site: SiteView,
  list: { issues: ReactNode; path: string; watch: Watch | undefined },
): string {
  return documentOf(
    <Layout site={site} title={`Site ${site.name}`} returnTo={list.path} watch={list.watch}>
      {list.issues}
      <section>
        <h2>People</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">E-mail address</th>
              <th scope="col">Kind</th>
              <th scope="col">Account id</th>
            </tr>
          </thead>
          <tbody>
            {site.users.map((user) => (
              <tr key={user.accountId}>
                <td>{user.displayName}</td>
                <td>{user.emailAddress}</td>
                <td>{user.active ? user.accountType : `${user.accountType}, inactive`}</td>
                <td>
                  <code>{user.accountId}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section>
        <h2>Projects</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col">Name</th>
            </tr>
          </thead>
          <tbody>
            {site.projects.map(({ key, name }) => (
              <tr key={key}>
                <td>{key}</td>
                <td>{name}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Layout>,
  );
}

/** `/admin`: Jira's administration with a page of the app in it. */
export function adminPage(site: SiteView, title: string, path: string, config: HostConfig): string {
  return documentOf(
    <Layout
      site={site}
      title={title}
      returnTo={path}
      isOfApp
      head={
        <>
          <link rel="stylesheet" href="/_host/host.css" />
          <script type="application/json" id="host-config" dangerouslySetInnerHTML={json(config)} />
          <script defer src="/_host/host.js" />
        </>
      }
    >
      <div id="host">Loading…</div>
    </Layout>,
  );
}

/** JSON that cannot end the script element that it is in. */
const json = (value: unknown) => ({ __html: JSON.stringify(value).replaceAll('<', '\\u003c') });

/**
 * The document of the app's iframe. `crossorigin`, because its origin is opaque: without it the browser
 * would tell nothing of an error in these scripts but "Script error."
 */
export function framePage(bundlePath: string): string {
  return documentOf(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>App</title>
      </head>
      <body>
        <script crossOrigin="anonymous" src="/_host/bridge-frame.js" />
        <script crossOrigin="anonymous" src={bundlePath} />
      </body>
    </html>,
  );
}
