/** Atlaskit's styles on the sandbox's page: what wins does not depend on which component comes last. */
import { bundle, hostEntry } from '../../sandbox/host/bundle';
import { sortAtomicRules } from '../../sandbox/host/atomic-css';

const rule = (selector: string, declaration: string) => `${selector} {\n  ${declaration};\n}\n`;

test('a shorthand of a later file does not undo a property of an earlier one', () => {
  const font = rule('._1', 'font: normal 14px sans-serif');
  const family = rule('._2', 'font-family: monospace');
  const reset = rule('code,\npre', 'font-family: serif');
  const css = `/* a.css */\n${family}/* b.css */\n${font}${family}${font}/* reset.css */\n${reset}`;
  expect(sortAtomicRules(css)).toBe(reset + font + family);
});

test('states come after what they change, media queries last', () => {
  const active = rule('._3:active', 'color: red');
  const hover = rule('._2:hover', 'color: blue');
  const plain = rule('._1', 'border-block-end-color: black');
  const media = `@media (width > 1px) {\n  ._4 {\n    color: green;\n  }\n}\n`;
  expect(sortAtomicRules(media + active + hover + plain)).toBe(plain + hover + active + media);
});

test('no rule of the page is lost', async () => {
  const css = (await bundle(hostEntry)).get('host.css') ?? '';
  for (const part of ['._ect4zzfg {', '@keyframes', '.empty-state {', ':hover {', '@media']) {
    expect(css).toContain(part);
  }
  expect(css.split('{').length).toBe(css.split('}').length);
});
