/**
 * Atlaskit's styles are one class per declaration, and a file for each component. What wins must be decided
 * by what a rule is, not by which file comes last: in one file the rules are in that order, files that stand
 * one behind the other are not.
 */

/** Rules of a later state win. The order is that of Atlaskit's compiler (`@compiled/css`, as far as known). */
const STATES = [
  ...([':link', ':visited', ':focus-within', ':focus'] as const),
  ...([':focus-visible', ':hover', ':active'] as const),
];

/**
 * The same style sheet with each of Atlaskit's rules once, in the order that they are made for: a property
 * after the shorthand that sets it too (`font-family` after `font`), states after that, media queries last.
 *
 * @param css as esbuild writes it: a block ends with a brace at the start of a line
 */
export function sortAtomicRules(css: string): string {
  const blocks = css.replace(/^\/\*.*\*\/\n/gm, '').match(/^\S[^]*?^\}\n/gm) ?? [];
  const ranked = [...new Set(blocks)].map((block) => ({ block, rank: rankOf(block) }));
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .map(({ block }) => block)
    .join('');
}

function rankOf(block: string): number {
  // Not Atlaskit's: resets and the host's own come first, as they are imported first.
  if (!/^(@(media|supports|container)[^{]*\{\s*)?\._/.test(block)) return -1;
  if (block.startsWith('@')) return 1_000;
  const [selector = '', declaration = ''] = block.split('{');
  const state = STATES.findLastIndex((name) => selector.trimEnd().endsWith(name)) + 1;
  const [property = ''] = declaration.trim().split(':');
  return state * 10 + property.replace(/^-/, '').split('-').length;
}
