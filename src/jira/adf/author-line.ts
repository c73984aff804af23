/** Who wrote a comment, said at its head where the comment cannot be made in that person's name. */
import { canonicalText } from '../canonical-json';
import { documentOf, textNode, type AdfDocument, type AdfNode } from './node';

const MAX_NAME = 255;

/** `Written by Zoë Lefèvre at north`, in a panel of its own: no text of the comment can grow together with it. */
export function withAuthorLine(
  document: AdfDocument,
  author: { name: string; site: string },
): AdfDocument {
  const text = `Written by ${oneLine(author.name, 'somebody')} at ${oneLine(author.site, 'the other site')}`;
  const line: AdfNode = {
    type: 'panel',
    attrs: { panelType: 'info' },
    content: [{ type: 'paragraph', content: [textNode(text, [{ type: 'em' }])] }],
  };
  return documentOf([line, ...document.content]);
}

/** Whether it begins as a copy does, whoever has made it. */
export const hasAuthorLine = ({ content: [first] }: AdfDocument): boolean =>
  first !== undefined && isAuthorLine(first);

/**
 * The document without its author line, if it has one. For copies that this app has made only: a person may
 * begin a comment with such a panel too. Of two lines, as in a chain of sites, the first one goes.
 */
export function withoutAuthorLine(document: AdfDocument): AdfDocument {
  return hasAuthorLine(document) ? documentOf(document.content.slice(1)) : document;
}

function isAuthorLine({ type, attrs, content: [paragraph, ...others] = [] }: AdfNode): boolean {
  if (type !== 'panel' || attrs?.panelType !== 'info' || others.length > 0) return false;
  const [text, ...more] = paragraph?.content ?? [];
  return (
    paragraph?.type === 'paragraph' &&
    more.length === 0 &&
    text?.type === 'text' &&
    text.marks?.length === 1 &&
    text.marks[0]?.type === 'em' &&
    /^Written by .+ at .+$/.test(text.text ?? '')
  );
}

function oneLine(name: string, otherwise: string): string {
  const line = canonicalText(name).replace(/\s+/g, ' ').trim();
  return line === '' ? otherwise : [...line].slice(0, MAX_NAME).join('');
}
