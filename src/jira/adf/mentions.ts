/**
 * Mentions notify. A name is no identity (there is more than one Peter), so a mention stays one only where the
 * person is known by id; everybody else becomes the plain text `@Name`, which notifies nobody.
 */
import { canonicalDocument } from './canonical-document';
import {
  nodesIn,
  replaceNodes,
  textAttribute,
  textNode,
  type AdfDocument,
  type AdfNode,
} from './node';
import { mentionText } from './stand-ins';

export interface Mention {
  /** Empty where it may not be told. */
  accountId: string;
  /** As it is shown, without the `@`. */
  name: string;
}

const mentionOf = (node: AdfNode): Mention => ({
  accountId: textAttribute(node, 'id') ?? '',
  name: mentionText(node).slice(1),
});

const mentionNode = ({ accountId, name }: Mention): AdfNode => ({
  type: 'mention',
  attrs: { id: accountId, text: `@${name}` },
});

/** Everybody who is mentioned, each once. */
export function mentionsIn(document: AdfDocument): Mention[] {
  const all = [...nodesIn(document)].filter(({ type }) => type === 'mention').map(mentionOf);
  return [...new Map(all.map((mention) => [JSON.stringify(mention), mention])).values()];
}

/** The document with each mention as `change` gives it, or as plain text where it gives none. In canonical form. */
export function changeMentions(
  document: AdfDocument,
  change: (mention: Mention) => Mention | undefined,
): AdfDocument {
  const changed = replaceNodes(document, (node) => {
    if (node.type !== 'mention') return [node];
    const mention = change(mentionOf(node));
    return [mention === undefined ? textNode(mentionText(node)) : mentionNode(mention)];
  });
  return canonicalDocument(changed);
}
