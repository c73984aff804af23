/** Who a local Jira site is: its ids are made from its name, so that a restart keeps them. */
import { createHash } from 'node:crypto';

export interface SiteIdentity {
  /** The short name, as in `--sites north,south`. */
  name: string;
  /** Cloud id: a site's id on the wire and in every `ari:cloud:jira::site/<cloudId>`. */
  cloudId: string;
  /** The app's installation on this site; its web triggers live on this host name. */
  installationId: string;
  /** A second host of the same form that leads to the same endpoint (for Alternative Base URL). */
  aliasId: string;
  /** The account that the app's own calls (`asApp`) are made by. */
  appAccountId: string;
  /** What Jira calls itself, as `https://north.atlassian.net`. */
  baseUrl: string;
}

/** The identity of the site `name`; the same for the same name, always. */
export function siteIdentity(name: string): SiteIdentity {
  return {
    name,
    cloudId: uuidFrom(`cloud:${name}`),
    installationId: uuidFrom(`installation:${name}`),
    aliasId: uuidFrom(`alias:${name}`),
    appAccountId: accountIdFrom(`app:${name}`),
    baseUrl: `https://${name}.atlassian.net`,
  };
}

/** A UUID (version 8 of RFC 9562: custom) that depends on `text` alone. */
export function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(`issuesync-sandbox:${text}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An Atlassian account id in its modern form, `712020:<uuid>`. */
export function accountIdFrom(text: string): string {
  return `712020:${uuidFrom(text)}`;
}
