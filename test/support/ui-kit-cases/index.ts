/** All cases of UI Kit's components, by which `test/static/ui-kit-use.test.ts` knows what has a test. */
import { type UiKitCase } from './case';
import { fieldCases } from './fields';
import { otherCases } from './others';

export { coveredBy, type UiKitCase } from './case';

export const UI_KIT_CASES: readonly UiKitCase[] = [...fieldCases, ...otherCases];
