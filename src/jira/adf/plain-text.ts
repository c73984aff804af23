/** A document as plain text, and plain text as a document. */
import { canonicalText } from '../canonical-json';
import {
  documentOf,
  LINES_OF_TEXT,
  paragraphOf,
  textAttribute,
  type AdfDocument,
  type AdfNode,
} from './node';

/** A line for each block. What is no text is told by its name, address or date. */
export const plainTextOf = (node: AdfNode): string => canonicalText(linesOf(node).join('\n'));

/** A paragraph for each line: `plainTextOf` of it is the same text. */
export const documentOfText = (text: string): AdfDocument =>
  documentOf(text === '' ? [] : canonicalText(text).split('\n').map(paragraphOf));

function linesOf(node: AdfNode): string[] {
  const { type, content = [] } = node;
  if (LINES_OF_TEXT.has(type)) {
    return (taskBox(node) + content.map(inlineText).join('')).split('\n');
  }
  switch (type) {
    case 'text':
      return [inlineText(node)];
    case 'bulletList':
      return content.flatMap((item) => indented('- ', linesOf(item)));
    case 'orderedList':
      return content.flatMap((item, index) =>
        indented(`${firstNumber(node) + index}. `, linesOf(item)),
      );
    case 'tableRow':
      return [content.map((cell) => linesOf(cell).join(' ')).join(' | ')];
    case 'expand':
    case 'nestedExpand':
      return [textAttribute(node, 'title') ?? '', ...content.flatMap(linesOf)].filter(
        (line, index) => index > 0 || line !== '',
      );
    case 'rule':
      return ['---'];
    default:
      return content.length === 0 && type !== 'doc' ? [inlineText(node)] : content.flatMap(linesOf);
  }
}

const taskBox = (node: AdfNode): string => {
  if (node.type !== 'taskItem') return '';
  return textAttribute(node, 'state') === 'DONE' ? '[x] ' : '[ ] ';
};

const firstNumber = ({ attrs }: AdfNode): number =>
  typeof attrs?.order === 'number' ? attrs.order : 1;

const indented = (bullet: string, lines: string[]): string[] =>
  lines.map((line, index) => (index === 0 ? bullet : ' '.repeat(bullet.length)) + line);

function inlineText(node: AdfNode): string {
  switch (node.type) {
    case 'text':
      return node.text ?? '';
    case 'hardBreak':
      return '\n';
    case 'date':
      return dateText(textAttribute(node, 'timestamp') ?? '');
    default:
      return (
        // Mention, emoji, status and placeholder; emoji without a picture; a file; a card.
        ['text', 'shortName', 'alt', 'url', 'title']
          .map((name) => textAttribute(node, name) ?? '')
          .find((text) => text !== '') ?? ''
      );
  }
}

/** The timestamp is in ms since the epoch, at midnight UTC. */
function dateText(timestamp: string): string {
  const date = new Date(Number(timestamp));
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}
