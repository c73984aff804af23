/** What the app uses of UI Kit and of the bridge has a test through the real packages. */
import { BRIDGE_CALLS } from '../support/bridge-calls';
import { coveredBy, UI_KIT_CASES } from '../support/ui-kit-cases';
import { filesUnder } from './source-files';
import { uiKitUse, type UiKitUse } from './ui-kit-use';

const COVERED = new Set([
  ...UI_KIT_CASES.flatMap(coveredBy),
  ...Object.keys(BRIDGE_CALLS)
    .filter((name) => BRIDGE_CALLS[name] === 'answered')
    .map((name) => `bridge.${name}`),
]);

/** What must be done before a program may have these uses. */
function complaints(uses: readonly UiKitUse[]): string[] {
  return uses.flatMap(({ file, name, problem }) => {
    if (name === undefined) return [`${file}, ${problem ?? ''}`];
    if (COVERED.has(name)) return [];
    return name.startsWith('bridge.')
      ? [
          `${file} calls ${name}, which the sandbox refuses: answer its command in sandbox/host/bridge.ts and call it in test/e2e/host-fixture/bridge-calls.tsx`,
        ]
      : [
          `${file} uses ${name}, which no test drives: use it in test/e2e/host-fixture/parts-*.tsx and add a case to test/support/ui-kit-cases`,
        ];
  });
}

const HEAD = `import * as React from 'react';\n`;

/** Programs that use what no case drives, each by another way. */
const ESCAPES: [way: string, text: string, found: RegExp][] = [
  [
    'a new component',
    `import { PieChart } from '@forge/react'; export const a = <PieChart data={[]} colorAccessor="a" valueAccessor="b" labelAccessor="c" />;`,
    /uses PieChart,/,
  ],
  [
    'a new event',
    `import { Tab, Popup as P } from '@forge/react'; export const a = <P isOpen content={() => null} trigger={() => <Tab>a</Tab>} onClose={() => {}} />;`,
    /uses Popup.onClose,/,
  ],
  [
    'another name',
    `import { Image as Button } from '@forge/react'; export const a = <Button src="a" alt="b" />;`,
    /uses Image,/,
  ],
  [
    'a namespace',
    `import * as UI from '@forge/react'; export const a = <UI.Range onChange={() => {}} />;`,
    /uses Range.onChange,/,
  ],
  [
    'a file that passes it on',
    `import { Slider } from './passes-on'; export const a = <Slider />;`,
    /uses Range,/,
  ],
  [
    'a spread',
    `import { Range } from '@forge/react'; const props = { onBlur: () => {} }; export const a = <Range {...props} />;`,
    /uses Range.onBlur,/,
  ],
  [
    'a hook',
    `import { useTheme } from '@forge/react'; export const a = () => useTheme();`,
    /uses useTheme,/,
  ],
  [
    'a call of the bridge',
    `import { view } from '@forge/bridge'; export const a = () => view.theme.enable();`,
    /calls bridge.view.theme.enable, which the sandbox refuses/,
  ],
  [
    'a class of the bridge',
    `import { Modal } from '@forge/bridge'; export const a = new Modal();`,
    /calls bridge.Modal, which the sandbox refuses/,
  ],
  [
    'a part of a namespace by its name',
    `import * as UI from '@forge/react'; export const a = UI['Range'];`,
    /name what is used of the package/,
  ],
  [
    'a component in a variable',
    `import { Range } from '@forge/react'; const Any = Range; export const a = <Any />;`,
    /use it as a JSX element/,
  ],
  [
    'a call in a variable',
    `import { view } from '@forge/bridge'; const { close } = view; export const a = () => close();`,
    /use it as a JSX element or call it/,
  ],
  [
    'a call in an object',
    `import { invoke } from '@forge/bridge'; export const a = { invoke };`,
    /use it as a JSX element or call it/,
  ],
  [
    'an element without JSX',
    `import { Range } from '@forge/react'; export const a = React.createElement(Range, {});`,
    /write elements as JSX/,
  ],
  [
    'props that nobody knows',
    `import { Button } from '@forge/react'; const props = JSON.parse('{}'); export const a = <Button {...props}>a</Button>;`,
    /does not know which props these are/,
  ],
  [
    'a path inside of the package',
    `export { CustomFieldEdit } from '@forge/react/jira';`,
    /import from @forge\/react by name/,
  ],
  [
    'an import at run time',
    `export const a = import('@forge/bridge');`,
    /import from @forge\/bridge by name/,
  ],
];

const APP = filesUnder('static', /\.tsx?$/);
const FIXTURES = filesUnder('test/e2e/host-fixture', /^(parts.*|bridge-calls)\.tsx$/);
const escapeFile = (index: number) => `static/escape-${index}.tsx`;

describe('what is used of @forge/react and @forge/bridge', () => {
  // One program for all: the compiler takes seconds to read the packages.
  const uses = uiKitUse({
    ...Object.fromEntries([...APP, ...FIXTURES].map((file) => [file, undefined])),
    ...Object.fromEntries(ESCAPES.map(([, text], index) => [escapeFile(index), HEAD + text])),
    'static/passes-on.ts': `export { Range as Slider } from '@forge/react';`,
  });
  const usesIn = (files: string[]) => uses.filter(({ file }) => files.includes(file));

  test('by the app is driven through the real packages', () => {
    expect(complaints(usesIn(APP))).toEqual([]);
    expect(usesIn(APP).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Modal.onClose', 'UserPicker.onChange', 'bridge.invoke', 'xcss']),
    );
  });

  test('by the fixture is all that a case says it drives', () => {
    const used = new Set(usesIn(FIXTURES).map(({ name }) => name));
    // Tells of the values that a form has; no name of UI Kit's.
    used.add('useForm.values');
    expect([...COVERED].filter((name) => !used.has(name))).toEqual([]);
  });

  test.each(ESCAPES.map(([way, , found], index) => [way, found, index] as const))(
    'does not escape by %s',
    (_way, found, index) => {
      expect(complaints(usesIn([escapeFile(index)])).join('\n')).toMatch(found);
    },
  );
});
