/** Names that admins give to connections and contracts: what may be one, and when two are the same. */

export const MAX_DISPLAY_NAME = 80;

/**
 * Control characters, line breaks, and what turns the direction of the text around it. Joiners stay: some
 * scripts cannot be written without them.
 */
const UNFIT = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

export type NameResult =
  { name: string } | { code: 'required' | 'too-long' | 'unprintable'; message: string };

/** @param whenMissing what to say where nothing was typed */
export function checkDisplayName(text: string, whenMissing: string): NameResult {
  const name = text.normalize('NFC').trim();
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) return { code: 'required', message: whenMissing };
  if ([...name].length > MAX_DISPLAY_NAME) {
    return { code: 'too-long', message: `Use at most ${MAX_DISPLAY_NAME} characters.` };
  }
  if (UNFIT.test(name)) {
    return {
      code: 'unprintable',
      message: 'Remove line breaks and other invisible characters.',
    };
  }
  return { name };
}

/** What makes two names the same: Unicode form, white space around, case, and what cannot be seen. */
export function foldedName(name: string): string {
  return name
    .normalize('NFC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .trim()
    .toLowerCase();
}
