import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assayHere } from '../cli/run-here.js';
import { fixture } from '../cli/spawn-assay.js';
import { temporaryDirectory } from '../http/posting.js';
import { builtInAfterwards } from '../service/law-updates/law.js';
import { describeWith } from '../support/system-parts.js';
import { guideOf } from './followed.js';

const guide = guideOf('adding-a-law-layer.md');

/** Commands of the guide's shell blocks, in order, split into arguments as a shell does. */
const commands = [...guide.matchAll(/^```sh\n(.*?)^```$/gms)]
  .flatMap(([, block = '']) => block.trim().split('\n'))
  .map((line) => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? ''));
const [, disabled = ''] = /^```yaml\n(.*?)^```$/ms.exec(guide) ?? [];

describeWith('openssl', 'docs/adding-a-law-layer.md', () => {
  it('leads from nothing to an installed layer, whose findings name who signed it', async () => {
    builtInAfterwards();
    const folder = temporaryDirectory();
    const book = join(folder, 'es-labels-2027.yaml');
    const env = { ASSAY_LAW_DIR: join(folder, 'law'), ASSAY_LAW_KEY: join(folder, 'law.pub.pem') };
    const photo = fixture('labels/png-gb45438-xmp.png');
    /** The guide's file names, in the folder of the test. */
    const placed = (word: string) => {
      if (word === 'photo.jpg') return photo;
      // The guide's day passes one day.
      if (word === '2027-12-31') return '2099-12-31';
      return /\.(pem|tar|yaml)$|^my-law$/.test(word) ? join(folder, word) : word;
    };
    const said: string[] = [];
    for (const [program = '', ...args] of commands) {
      if (program === 'openssl') {
        execFileSync(program, args.map(placed), { stdio: 'pipe' });
        continue;
      }
      const more = args[1] === 'new' ? ['--out', folder] : [];
      if (args[1] === 'check') {
        // The scaffold cannot be used before a source is named.
        expect((await assayHere(['law', 'check', book], env)).code).toBe(3);
        writeFileSync(book, readFileSync(book, 'utf8').replaceAll('www.example.org', 'www.boe.es'));
      }
      if (args[1] === 'sign') {
        mkdirSync(join(folder, 'my-law'));
        renameSync(book, join(folder, 'my-law/es-labels-2027.yaml'));
        writeFileSync(join(folder, 'my-law/disable.yaml'), disabled);
      }
      const day = args[0] === 'inspect' ? ['--as-of', '2027-01-01', '--json'] : [];
      const { code, stdout, stderr } = await assayHere([...args.map(placed), ...more, ...day], env);
      expect([args.join(' '), code, stderr]).toEqual([args.join(' '), 0, '']);
      said.push(stdout);
    }
    const [, checked = ''] = said;
    expect(checked).toContain('2026-12-31: Spain, Law on Labels, Article 3(1): ');
    expect(checked).toContain(
      'a file that states nothing: Spain, Law on Labels, Article 3(1): the file was searched for',
    );
    const report = JSON.parse(said.at(-1) ?? '');
    expect(report.findings).toMatchObject([
      { rulebook: 'es-labels-2027', outcome: 'answered', bookSigner: 'Example News, legal desk' },
    ]);
    const off = await assayHere(['explain', '50.2-quality', '--lang', 'en'], env);
    expect(off.stdout).toContain('disabled by Example News, legal desk (“under review by our counsel”)');
    const removed = await assayHere(['law', 'remove', 'Example News, legal desk', '--json'], env);
    expect(JSON.parse(removed.stdout)).toMatchObject({ outcome: 'removed', digest: 'built-in' });
  }, 60_000);
});
