/** What the tests of the documents need of Markdown: where it links to, and what can be linked to. */

/** Without code, in which nothing is a link or a heading. */
function prose(markdown: string): string {
  return markdown.replace(/^ *(```|~~~)[\s\S]*?^ *\1.*$/gm, '');
}

/** The targets of links and images, in Markdown and in HTML. */
export function linksIn(markdown: string): string[] {
  const text = prose(markdown).replace(/`[^`\n]*`/g, '');
  const inline = [...text.matchAll(/\]\(\s*<?([^)>\s]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const references = [...text.matchAll(/^ *\[[^\]]+\]:\s*(\S+)/gm)];
  const html = [...text.matchAll(/<(?:a|img)\b[^>]*\b(?:href|src)="([^"]+)"/g)];
  return [...inline, ...references, ...html].flatMap(([, target]) => target ?? []);
}

/** The anchors of a page: its headings, named as GitHub names them, and explicit `<a id="…">`. */
export function anchorsIn(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of prose(markdown).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const slug = slugOf(heading);
    let anchor = slug;
    for (let n = 1; anchors.has(anchor); n += 1) anchor = `${slug}-${n}`;
    anchors.add(anchor);
  }
  for (const [, id = ''] of prose(markdown).matchAll(/<a\s[^>]*\b(?:id|name)="([^"]+)"/g)) {
    anchors.add(id);
  }
  return anchors;
}

/** Lower case, without markup and punctuation, spaces as hyphens. */
function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
}
