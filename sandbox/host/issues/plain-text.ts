/** Documents as plain text, and the other way round: what a simple form can write. */
import { textOf, type AdfDocument, type AdfNode } from '../../jira/adf';

/** A paragraph after each empty line, and a line break where a line ends. */
export function documentFrom(text: string): AdfDocument {
  const paragraphs = lines(text)
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '');
  return { type: 'doc', version: 1, content: paragraphs.map(paragraphOf) };
}

function paragraphOf(text: string): AdfNode {
  const content = text
    .split('\n')
    .flatMap((line, index): AdfNode[] => [
      ...(index === 0 ? [] : [{ type: 'hardBreak' }]),
      ...(line === '' ? [] : [{ type: 'text', text: line }]),
    ]);
  return { type: 'paragraph', content };
}

/** The text of a document as a form shows it: blocks with an empty line between them. */
export const plainText = (document: AdfNode): string =>
  (document.content ?? []).map(textOf).join('\n\n');

/** Whether a document is the same after it went through a form. */
export const isPlain = (document: AdfNode): boolean =>
  JSON.stringify(documentFrom(plainText(document)).content) === JSON.stringify(document.content);

/** Forms end their lines with CR LF. */
export const lines = (text: string): string => text.replace(/\r\n?/g, '\n').trim();
