/** The cases of a test file, without running it. */
import ts from 'typescript';

/** The titles of each case from the outside in. */
export function casesOf(node: ts.Node, outer: string[] = []): string[][] {
  const block = ts.isCallExpression(node) ? blockOf(node) : undefined;
  const titles = block ? [...outer, block.title] : outer;
  if (block?.isCase) return [titles];
  const cases: string[][] = [];
  ts.forEachChild(node, (child) => void cases.push(...casesOf(child, titles)));
  return cases;
}

/** `describe('title', …)`, `test('title', …)`, `it.each(…)('title', …)` and alike. */
function blockOf(call: ts.CallExpression): { title: string; isCase: boolean } | undefined {
  const [title] = call.arguments;
  const [, word] = /^(describe\w*|test|it)\b/.exec(call.expression.getText()) ?? [];
  const isTable = /\.each(<[^(]*>)?$/.test(call.expression.getText());
  if (word === undefined || isTable || !title || !ts.isStringLiteralLike(title)) return undefined;
  return { title: title.text, isCase: !word.startsWith('describe') };
}
