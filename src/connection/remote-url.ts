/** The rules of the two URLs of a connection. */
import type { Problem } from './refusal';

const MAX_URL_LENGTH = 2000;

export type UrlResult = { url: string } | { problem: Problem };

/**
 * Where the remote's sync endpoint is. Forge lets apps call only https on the default port, so nothing
 * else is stored; what is stored is always `new URL(x).href`, because a URL that is parsed twice by two
 * parsers can mean two hosts (a backslash is enough).
 *
 * @param ownEndpointUrl this site's own endpoint, which is refused
 */
export function checkRemoteUrl(text: string, ownEndpointUrl: string): UrlResult {
  const refuse = refuser('remoteUrl');
  const trimmed = text.trim();
  if (trimmed === '')
    return refuse('required', 'Enter the endpoint URL that the other site shows.');
  const site = jiraSiteIn(trimmed);
  if (site !== undefined) {
    return refuse(
      'url-is-site',
      `${site} is the Jira site itself. Ask its admin for the endpoint URL: IssueSYNC shows it there under “This site”.`,
    );
  }
  const parsed = parse(trimmed);
  if (!parsed) {
    return refuse(
      'url-invalid',
      'This is not a URL. Paste the endpoint URL exactly as the other site shows it.',
    );
  }
  if (parsed.protocol !== 'https:') {
    return refuse('url-scheme', 'The URL must begin with https://.');
  }
  if (parsed.username !== '' || parsed.password !== '') {
    return refuse('url-credentials', 'Remove the user name and password from the URL.');
  }
  if (trimmed.includes('#')) return refuse('url-fragment', 'Remove the part of the URL after “#”.');
  if (parsed.port !== '') {
    return refuse('url-port', 'Remove the port: Forge lets apps call only the https port 443.');
  }
  if (parsed.href === parse(ownEndpointUrl)?.href) {
    return refuse(
      'url-is-own-endpoint',
      'This is the endpoint of this site. Ask the other admin for theirs.',
    );
  }
  return { url: parsed.href };
}

/**
 * The base that this site must use to reach itself. Anything that admins of the original product use
 * can be stored (`http://10.0.0.5:8080/jira`, `http://localhost:2990`); whether the platform lets it
 * out is what Test tells.
 */
export function checkAlternativeBaseUrl(text: string): UrlResult {
  const refuse = refuser('alternativeBaseUrl');
  const trimmed = text.trim();
  const parsed = parse(trimmed);
  if (!parsed)
    return refuse('url-invalid', 'This is not a URL. Example: http://10.0.0.5:8080/jira');
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') {
    return refuse('url-scheme', 'The URL must begin with http:// or https://.');
  }
  if (parsed.username !== '' || parsed.password !== '') {
    return refuse('url-credentials', 'Remove the user name and password from the URL.');
  }
  if (trimmed.includes('#')) return refuse('url-fragment', 'Remove the part of the URL after “#”.');
  if (trimmed.includes('?')) return refuse('url-invalid', 'Remove the part of the URL after “?”.');
  return { url: parsed.href };
}

/**
 * Our own endpoint through the Alternative Base URL: scheme, host, port and context path are replaced,
 * the endpoint's own path stays.
 */
export function throughAlternativeBase(
  endpointUrl: string,
  alternativeBaseUrl: string | undefined,
): string {
  if (alternativeBaseUrl === undefined) return endpointUrl;
  const base = new URL(alternativeBaseUrl);
  const context = base.pathname.replace(/\/+$/, '');
  return `${base.origin}${context}${new URL(endpointUrl).pathname}`;
}

/** Parses what can be meant in one way only: no backslash, no white space or control inside. */
function parse(text: string): URL | undefined {
  if (text.length > MAX_URL_LENGTH || /[\\\s\p{C}]/u.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * The Jira site that the text leads to, with or without a scheme. Jira Cloud sites live on these domains;
 * endpoints of apps never do.
 */
function jiraSiteIn(text: string): string | undefined {
  const host = (parse(text) ?? parse(`https://${text}`))?.hostname.replace(/\.$/, '');
  return host !== undefined && /\.(atlassian\.net|jira\.com|jira-dev\.com)$/i.test(host)
    ? host
    : undefined;
}

function refuser(field: 'remoteUrl' | 'alternativeBaseUrl') {
  return (code: Problem['code'], message: string): UrlResult => ({
    problem: { field, code, message },
  });
}
