import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { differential } from './differential.js';
import { CORPUS_CODE_DIFFERENCES, CORPUS_DIFFERENCES } from './known-differences.js';

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : entry.isFile() ? [path] : [];
  });
}

const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';

describe('both engines say the same of every real file but those listed', () => {
  differential(CORPUS, filesUnder(CORPUS), CORPUS_DIFFERENCES, CORPUS_CODE_DIFFERENCES);
});
