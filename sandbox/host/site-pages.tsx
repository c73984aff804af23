/** The HTML documents of a local site: its own small pages, the frame around the app, the app's iframe. */
import React, { type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type HostConfig, type Theme, THEMES } from './host-config';

/** As much of a Jira user as the pages show. */
export interface SiteUser {
  accountId: string;
  displayName: string;
  active: boolean;
  accountType: string;
  emailAddress?: string | undefined;
}

export interface SiteView {
  name: string;
  users: SiteUser[];
  projects: { key: string; name: string }[];
  theme: Theme;
  /** Who the pages act as. */
  actingAs: SiteUser;
  /** Whom they could act as. */
  actors: SiteUser[];
  adminPages: { title: string; path: string }[];
}

const documentOf = (element: ReactNode) => `<!doctype html>${renderToStaticMarkup(element)}`;

/** `/`: who and what is on this site. */
export function sitePage(site: SiteView): string {
  return documentOf(
    <Layout site={site} title={`Site ${site.name}`} returnTo="/">
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

function Layout(props: {
  site: SiteView;
  title: string;
  returnTo: string;
  head?: ReactNode;
  children: ReactNode;
}) {
  const { site, title } = props;
  return (
    <html lang="en" data-site-theme={site.theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} - ${site.name}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_host/site.css" />
        {props.head}
      </head>
      <body>
        <header className="site-header">
          <a className="site-name" href="/">
            {site.name}
          </a>
          <nav aria-label="Apps">
            {site.adminPages.map((page) => (
              <a key={page.path} href={page.path}>
                {page.title}
              </a>
            ))}
          </nav>
          <Menu
            title={`Theme: ${site.theme}`}
            action="/_host/theme"
            field="theme"
            choices={THEMES.map((theme) => ({ value: theme, label: theme }))}
            returnTo={props.returnTo}
          />
          <Menu
            title={`Acting as ${site.actingAs.displayName}`}
            action="/_host/acting-as"
            field="accountId"
            choices={site.actors.map(({ accountId, displayName }) => ({
              value: accountId,
              label: displayName,
            }))}
            returnTo={props.returnTo}
          />
        </header>
        <main className="site-main">
          <h1>{title}</h1>
          {props.children}
        </main>
      </body>
    </html>
  );
}

interface MenuProps {
  title: string;
  /** Where the choice is sent, and as which field. */
  action: string;
  field: string;
  choices: { value: string; label: string }[];
  returnTo: string;
}

/** A menu without a script: one button a choice. */
function Menu({ title, action, field, choices, returnTo }: MenuProps) {
  return (
    <details className="menu">
      <summary>{title}</summary>
      <form method="post" action={action}>
        <input type="hidden" name="returnTo" value={returnTo} />
        {choices.map(({ value, label }) => (
          <button key={value} type="submit" name={field} value={value}>
            {label}
          </button>
        ))}
      </form>
    </details>
  );
}
