/** The documents lead somewhere: every relative link, and every check's page of troubleshooting. */
import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { INTERNAL_CHECKS, REMOTE_CHECKS } from '../../src/connection/connection-test/report';
import { anchorsIn, linksIn } from './markdown';
import { filesUnder, projectRoot, readText } from './source-files';

const DOCUMENTS = ['README.md', ...filesUnder('docs', /\.md$/), ...filesUnder('sandbox', /\.md$/)];

/** What is wrong with the relative links of one document. */
function brokenLinks(document: string, text: string): string[] {
  return linksIn(text)
    .filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
    .flatMap((target) => {
      const [path = '', anchor] = decodeURI(target).split('#');
      const file = path === '' ? document : posix.join(posix.dirname(document), path);
      const onDisk = join(projectRoot, file);
      if (path !== '' && (file.startsWith('..') || !existsSync(onDisk))) {
        return [`${document}: ${target}: no such file`];
      }
      if (anchor === undefined || (path !== '' && statSync(onDisk).isDirectory())) return [];
      const page = path === '' ? text : readText(file);
      return anchorsIn(page).has(anchor) ? [] : [`${document}: ${target}: no such heading`];
    });
}

test.each(DOCUMENTS)('every relative link in %s leads to a file and a heading', (document) => {
  expect(brokenLinks(document, readText(document))).toEqual([]);
});

test.each([
  ['a missing file', '[wire](nowhere.md)', 'no such file'],
  ['a missing image', '![form](images/nowhere.png)', 'no such file'],
  ['a missing heading', '# One\n\n[two](#two)', 'no such heading'],
  ['a missing heading elsewhere', '[x](adr/0001-packages.md#nowhere)', 'no such heading'],
  ['a file outside of the project', '[x](../../package.json)', 'no such file'],
  ['nothing, by reference', '[x]\n\n[x]: nowhere.md', 'no such file'],
  ['nothing, in HTML', '<img alt="form" src="nowhere.png">', 'no such file'],
])('a link to %s is found', (_, text, problem) => {
  expect(brokenLinks('docs/page.md', text)).toEqual([expect.stringContaining(problem)]);
});

test.each([
  ['a web page', '[Jira](https://developer.atlassian.com/cloud/jira#x)'],
  ['code', '`[x](nowhere.md)`\n\n```md\n[x](nowhere.md)\n```\n'],
  [
    'a heading with markup',
    '## The `ping` op, [signed](https://a.example)!\n\n[x](#the-ping-op-signed)',
  ],
  ['the second heading of a name', '# A b\n\n# A b\n\n[x](#a-b-1)'],
  ['a file', '[package](../package.json)'],
])('a link to %s is fine', (_, text) => {
  expect(brokenLinks('docs/page.md', text)).toEqual([]);
});

test('docs/troubleshooting.md has a section for each check that can fail', () => {
  const sections = anchorsIn(readText('docs/troubleshooting.md'));
  const checks = Object.keys({ ...INTERNAL_CHECKS, ...REMOTE_CHECKS });
  expect(checks.filter((id) => !sections.has(id))).toEqual([]);
});
