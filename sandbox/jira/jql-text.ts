/**
 * What `~` finds in a text (Jira: Search syntax for text fields): all of the words, in any order; a phrase
 * in quotation marks; the beginning of a word with `*` behind it. Case does not count.
 */
import { NotModelled } from './errors';

/** Operators inside the text: they are Jira's, and not modelled. */
const OPERATOR = /(^|\s)(AND|OR|NOT|&&|\|\||[+!-]\S)|[~^?(){}]|(^|[\s"])\*/;

/**
 * Reads the text of a query.
 *
 * @returns whether a text has it
 * @throws NotModelled for Boolean operators and other wildcards
 */
export function readTextQuery(query: string): (text: string) => boolean {
  if (OPERATOR.test(query)) throw new NotModelled(`the text search '${query}'`);
  const terms = [...query.matchAll(/"([^"]*)"|(\S+)/g)].map(([, phrase, word]) => ({
    words: wordsOf(phrase ?? word ?? ''),
    isPrefix: (phrase ?? word ?? '').endsWith('*'),
  }));
  return (text) => {
    const words = wordsOf(text);
    return terms.every((term) => words.some((_, at) => isAt(words, at, term)));
  };
}

function isAt(
  words: string[],
  start: number,
  term: { words: string[]; isPrefix: boolean },
): boolean {
  return term.words.every((wanted, index) => {
    const isOpen = term.isPrefix && index === term.words.length - 1;
    const word = words[start + index];
    return isOpen ? word?.startsWith(wanted) === true : word === wanted;
  });
}

/** Jira finds other forms of a word too (`customize`, `customized`); here a word is only itself. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
