import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Measures the start of `assay serve` and `assay worker`, each in an empty folder: processor time of their process
 * until they report that they are ready. `node bench/service-start.js [OTHER_CHECKOUT [ROUNDS]]` measures in turns with
 * another checkout, which must be built. Linux only.
 */
const own = fileURLToPath(new URL('..', import.meta.url));
const [, , other, rounds = '7'] = process.argv;
const roots = [...(other === undefined ? [] : [resolve(other)]), own];
const COMMANDS = [
  { args: ['serve', '--port', '0'], there: /http:\/\/127\.0\.0\.1:\d+/ },
  { args: ['worker'], there: /takes up to/ },
];

async function secondsOf(root, { args, there }) {
  const home = mkdtempSync(join(tmpdir(), 'assay-start-'));
  const env = {
    PATH: process.env.PATH,
    ASSAY_DATA_DIR: join(home, 'data'),
    ASSAY_TRUST_DIR: join(home, 'trust'),
    ASSAY_SELF_TEST: 'skip',
    ASSAY_DRAIN_SECONDS: '0',
  };
  try {
    return await new Promise((tell, fail) => {
      const child = spawn(process.execPath, [join(root, 'bin/assay.js'), ...args], {
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      let seconds;
      child.on('error', fail);
      child.stderr.setEncoding('utf8').on('data', (text) => {
        said += text;
        if (seconds !== undefined || !there.test(said)) return;
        seconds = processorSeconds(child.pid);
        child.kill('SIGTERM');
      });
      child.on('close', () => (seconds === undefined ? fail(new Error(said)) : tell(seconds)));
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** The fields follow the name in brackets; utime and stime are the 12th and 13th, in hundredths of a second. */
function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

for (const command of COMMANDS) {
  const seconds = new Map(roots.map((root) => [root, []]));
  for (let round = 0; round < Number(rounds); round += 1)
    for (const root of roots) seconds.get(root).push(await secondsOf(root, command));
  for (const [root, all] of seconds)
    console.log(
      `assay ${command.args[0]}: ${median(all).toFixed(2)} s (${Math.min(...all)} to ${Math.max(...all)}) ${root}`,
    );
}
