/** Every component that the sandbox draws, one part at a time. */
import { PARTS } from './parts-list';
import { renderParts } from './parts-page';

renderParts(PARTS);
