/** What the sandbox's page says of Forge's UI packages, held against the packages themselves. */
// The bridge has to be there before the packages.
import '../support/forge-doc';
import * as forgeBridge from '@forge/bridge';
import * as forgeReact from '@forge/react';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { ANSWERED_COMMANDS, REFUSED_COMMANDS } from '../../sandbox/host/bridge-commands';
import { NO_COMPONENTS, NOT_DRAWN } from '../../sandbox/host/not-drawn';
import { nodesOf } from '../static/source-files';
import { BRIDGE_CALLS, WITHOUT_BRIDGE } from '../support/bridge-calls';
import { coveredBy, UI_KIT_CASES } from '../support/ui-kit-cases';

const PARITY = readFileSync(join(__dirname, '../../sandbox/PARITY.md'), 'utf8');

const packageFolder = (name: string) => dirname(require.resolve(name));

/** The names in backticks of the line of `PARITY.md` that begins like this. */
function namesIn(beginning: string): string[] {
  const line = PARITY.split('\n').find((one) => one.startsWith(beginning)) ?? '';
  return [...line.slice(beginning.length).matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

describe('@forge/react', () => {
  const exported = Object.keys(forgeReact).filter((name) => name !== '__esModule');
  const refused = Object.keys(NOT_DRAWN);
  const drawn = exported.filter(
    (name) => !refused.includes(name) && !NO_COMPONENTS.some((one) => one === name),
  );

  test('every export that is listed as not drawn, or as no component, is there', () => {
    expect(exported).toEqual(expect.arrayContaining([...refused, ...NO_COMPONENTS]));
  });

  test('every component that is drawn has a case that drives it', () => {
    const covered = new Set(UI_KIT_CASES.flatMap(coveredBy));
    expect(drawn.filter((name) => !covered.has(name))).toEqual([]);
    expect(drawn.length).toBeGreaterThan(50);
  });

  test('PARITY.md lists the components that are not drawn', () => {
    expect(namesIn('Not drawn: ')).toEqual(refused);
  });

  test('nothing is behind other paths of the package than those that PARITY.md lists', () => {
    const { exports: paths } = JSON.parse(
      readFileSync(join(packageFolder('@forge/react'), '../package.json'), 'utf8'),
    ) as { exports: Record<string, unknown> };
    expect(namesIn('Other paths of the package: ')).toEqual(
      Object.keys(paths)
        .filter((path) => path !== '.')
        .map((path) => path.replace('.', '@forge/react')),
    );
  });
});

describe('@forge/bridge', () => {
  test('every command that the packages send is answered or listed as refused', () => {
    const sent = ['@forge/bridge', '@forge/react'].flatMap((name) =>
      commandsIn(packageFolder(name)),
    );
    expect([...new Set(sent)].sort()).toEqual([...ANSWERED_COMMANDS, ...REFUSED_COMMANDS].sort());
  });

  test('every call that it exports is in the list of calls', () => {
    expect(callsOf(forgeBridge).sort()).toEqual(
      [...Object.keys(BRIDGE_CALLS), ...WITHOUT_BRIDGE].sort(),
    );
  });

  test('PARITY.md lists the commands that are refused', () => {
    expect(namesIn('Refused commands: ')).toEqual(REFUSED_COMMANDS);
  });
});

/** Functions of a module, those in objects of it as `view.theme.enable`. */
function callsOf(module: object, prefix = ''): string[] {
  return Object.entries(module).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'function') return [`${prefix}${name}`];
    return typeof value === 'object' && value !== null ? callsOf(value, `${prefix}${name}.`) : [];
  });
}

/** The commands that a package's own scripts give to the bridge. */
function commandsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.js$/.test(file) && !/__test__|__mocks__/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      if (!text.includes('callBridge')) return [];
      const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
      return [...nodesOf(source)].filter(ts.isCallExpression).flatMap(commandOf);
    });
}

/** The command of `callBridge('…')` or `(0, callBridge)('…')`. */
function commandOf({ expression, arguments: [command] }: ts.CallExpression): string[] {
  if (!/\bcallBridge\)?$/.test(expression.getText())) return [];
  if (!command) throw new Error(`Which command is ${expression.parent.getText()}?`);
  // Passes on what it is called with, under the same name: its callers are read.
  if (command.getText() === 'cmd' && expression.getText().startsWith('self')) return [];
  if (!ts.isStringLiteral(command)) return [`a command that is made of ${command.getText()}`];
  return [command.text];
}
