/** What every page of a local site has around it: its head, whom it acts as, the theme. */
import React, { type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type Theme, THEMES } from './host-config';

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

/** The text of an HTML document. */
export const documentOf = (element: ReactNode): string =>
  `<!doctype html>${renderToStaticMarkup(element)}`;

/** A page of the site. */
export function Layout(props: {
  site: SiteView;
  title: string;
  returnTo: string;
  head?: ReactNode;
  /** What is on the page is the app's. */
  isOfApp?: true;
  /** Changes elsewhere make the page anew. */
  watch?: Watch | undefined;
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
        {props.watch && <script defer src="/_host/watch.js" />}
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
        <main
          className={props.isOfApp ? 'site-main' : 'site-main site-own'}
          data-watch={props.watch?.path}
          data-seen={props.watch?.seen}
          data-page={props.watch && props.returnTo}
        >
          <h1>{title}</h1>
          {props.children}
        </main>
      </body>
    </html>
  );
}

/** What the page's script asks again and again (`watch.ts`). */
export interface Watch {
  /** Of the REST API. */
  path: string;
  /** SHA-256 of its answer when the page was made, in hexadecimal digits. */
  seen: string;
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
