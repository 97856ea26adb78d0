/**
 * Long form of the kill test: 20,000 files, 30 kills of scanner, worker and PostgreSQL at random moments. Afterwards
 * there must be exactly one record per file, with the content of an uninterrupted scan. `--short`: 500 files, 8 kills.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const short = process.argv.includes('--short');
const [files = short ? '500' : '20000', kills = short ? '8' : '30'] = process.argv
  .slice(2)
  .filter((arg) => arg !== '--short');
const { status } = spawnSync(
  'npx',
  ['--no-install', 'vitest', 'run', '--maxWorkers=1', 'tests/scan/stored.test.ts', '-t', 'whoever is killed'],
  {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
    env: { ...process.env, ASSAY_SCAN_KILL_FILES: files, ASSAY_SCAN_KILLS: kills },
  },
);
process.exit(status ?? 1);
