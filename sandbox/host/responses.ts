/** HTTP responses of the site's pages, each with the policy of what its document may load. */

const policy = (directives: Record<string, string>) =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ');

/**
 * Everything from this site, nothing from elsewhere. Inline styles are allowed: Atlaskit's themes and its
 * select (emotion) write style elements at run time.
 */
const PAGE_POLICY = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'frame-src': "'self'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
});

/** The app's document: its own scripts and nothing else. A UI Kit app reaches the world by the bridge. */
export const APP_FRAME_POLICY = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'frame-ancestors': "'self'",
  'base-uri': "'none'",
  sandbox: 'allow-scripts',
});

const COMMON = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

export function html(
  body: string,
  { policy: contentSecurityPolicy = PAGE_POLICY, status = 200 } = {},
): Response {
  return new Response(body, {
    status,
    headers: {
      ...COMMON,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy,
    },
  });
}

/** A script or a style sheet. The app's iframe, whose origin is opaque, may read it too. */
export function asset(extension: '.js' | '.css', body: string): Response {
  const type = extension === '.js' ? 'text/javascript' : 'text/css';
  return new Response(body, {
    headers: {
      ...COMMON,
      'Content-Type': `${type}; charset=utf-8`,
      'Access-Control-Allow-Origin': '*',
    },
  });
}

export function text(status: number, body: string): Response {
  return new Response(body, {
    status,
    headers: { ...COMMON, 'Content-Type': 'text/plain; charset=utf-8' },
  });
}

/** After a form was sent: back to a page, perhaps with a cookie. */
export function redirect(location: string, cookie?: string): Response {
  const headers = { Location: location, ...(cookie === undefined ? {} : { 'Set-Cookie': cookie }) };
  return new Response(null, { status: 303, headers });
}
