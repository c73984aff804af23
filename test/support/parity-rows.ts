/** The rows of `sandbox/PARITY.md`, as its first paragraphs explain them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const STATUSES = ['complete', 'partial', 'refused', 'none'];

export interface ParityRow {
  section: string;
  api: string;
  status: string;
  /** Paths of the tests that prove it; none where the cell is `-`. */
  tests: string[];
  differences: string;
  onlyARealSite: string;
  /** The calls that it stands for, by package. */
  calls: { sdk: string; name: string }[];
}

const COLUMNS = 5;

/** The section with another table: `sabotageRows` reads it, here and in other documents. */
const SABOTAGE = 'Sabotage';

const readParity = (): string => readFileSync(join(__dirname, '../../sandbox/PARITY.md'), 'utf8');

export function parityRows(text = readParity()): ParityRow[] {
  const rows: ParityRow[] = [];
  let section = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3);
    // What stands before the first section is about the form.
    if (section === '' || section === SABOTAGE || !line.startsWith('|')) continue;
    const cells = cellsOf(line);
    const [api = '', status = '', tests = '', differences = '', onlyARealSite = ''] = cells;
    if (api === 'API' || /^-+$/.test(api)) continue;
    if (cells.length !== COLUMNS) throw new Error(`PARITY.md: not ${COLUMNS} cells: ${line}`);
    rows.push({
      section,
      api,
      status,
      tests: codeIn(tests),
      differences,
      onlyARealSite,
      calls: callsIn(api),
    });
  }
  return rows;
}

/** The rows of a document's table of sabotages: what is done then that must not be, and what finds it. */
export function sabotageRows(text: string): string[][] {
  const [, section = ''] = text.split(`\n## ${SABOTAGE}\n`);
  const lines = section.replace(/\n## .*/s, '').split('\n');
  // Its head is two rows.
  return lines
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map(cellsOf);
}

const cellsOf = (line: string): string[] =>
  line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim());

const codeIn = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => code ?? []);

/** What follows the name of a package, up to the next one. */
function callsIn(cell: string): { sdk: string; name: string }[] {
  let sdk: string | undefined;
  return codeIn(cell).flatMap((code) => {
    if (code.startsWith('@forge/')) {
      sdk = code;
      return [];
    }
    const owner = sdk;
    return owner === undefined ? [] : namesIn(code).map((name) => ({ sdk: owner, name }));
  });
}

/** `kvs.{get,set}` is `kvs.get` and `kvs.set`. */
function namesIn(code: string): string[] {
  const [, before = '', list] = /^(.*)\{(.*)\}$/.exec(code) ?? [];
  return list === undefined ? [code] : list.split(',').map((each) => before + each.trim());
}
