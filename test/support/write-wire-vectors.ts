/** Writes docs/wire-vectors.json: `npx tsx test/support/write-wire-vectors.ts`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wireVectors } from './wire-vectors';

writeFileSync(join(__dirname, '../../docs/wire-vectors.json'), wireVectors());
