import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assay, fixture } from '../cli/spawn-assay.js';
import { describeWith } from '../support/system-parts.js';

const DOC = readFileSync(new URL('../../docs/archive-questions.md', import.meta.url), 'utf8');
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)\\n\`\`\`$`, 'gms'))].map(([, code = '']) => code);
const [intro = '', ...sections] = DOC.split(/^## /m);
const QUESTIONS = sections.map((section) => ({
  title: section.split('\n')[0] ?? '',
  sql: blocks(section, 'sql'),
  jq: blocks(section, 'sh'),
}));

const FILES: Record<string, string> = {
  'press/2024/ai.jpg': 'c2pa/jpeg-c2pa-component-trained.jpg',
  'press/2024/altered.jpg': 'c2pa/jpeg-c2pa-altered-data.jpg',
  'press/2024/captured.jpg': 'c2pa/jpeg-c2pa-captured.jpg',
  'press/2024/expired.jpg': 'c2pa/jpeg-c2pa-expired-timestamped.jpg',
  'press/2024/firefly.jpg': 'c2pa/jpeg-c2pa-firefly-2023.jpg',
  'press/2025/intact.jpg': 'c2pa/jpeg-c2pa-intact.jpg',
  'press/2025/remote.jpg': 'c2pa/jpeg-c2pa-remote.jpg',
  'china/a.flac': 'labels/flac-gb45438.flac',
  'china/b.avif': 'labels/avif-gb45438.avif',
  'china/c.docx': 'labels/docx-gb45438.docx',
  'art/comfy.png': 'labels/apng-comfyui-comf.png',
  'art/comfy.flac': 'labels/flac-comfyui.flac',
  'photos/camera.jpg': 'labels/jpeg-camera-exif.jpg',
  'photos/both.jpg': 'labels/jpeg-camera-exif-and-trained.jpg',
  'photos/photoshop.jpg': 'labels/jpeg-photoshop.jpg',
  'photos/phone.mov': 'labels/mov-apple-keys.mov',
  'docs/signed.docx': 'parts/docx-signed-picture.docx',
  'docs/plain.docx': 'parts/docx-plain-picture.docx',
  'docs/readme.txt': 'plain/not-media.txt',
  'docs/readme.jpg': 'plain/not-media.txt',
  'docs/empty.jpg': 'plain/empty.jpg',
};

const folder = mkdtempSync(join(tmpdir(), 'assay-questions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Formats cells as both programs write them: empty for missing values. */
const cell = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

describeWith('jq', 'the twenty questions', () => {
  let answers: (sql: string) => Promise<string[]>;

  beforeAll(async () => {
    for (const [name, from] of Object.entries(FILES)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      copyFileSync(fixture(from), join(folder, name));
    }
    copyFileSync(join(folder, 'press/2024/ai.jpg'), join(folder, 'press/2025/copy.jpg'));
    linkSync(join(folder, 'press/2024/ai.jpg'), join(folder, 'press/2025/link.jpg'));
    symlinkSync('nowhere', join(folder, 'gone.jpg'));
    writeFileSync(
      join(folder, 'list'),
      [...['art', 'china', 'docs', 'photos', 'press'], 'gone.jpg', ''].join('\n'),
    );
    const ran = await assay(
      ['scan', '--files-from', 'list', '--jurisdiction', 'EU', '--out', 'results.ndjson'],
      {},
      folder,
    );
    expect(ran.code, ran.stderr).not.toBe(2);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const here = (sql: string) => sql.replaceAll("'results.ndjson'", `'${join(folder, 'results.ndjson')}'`);
    for (const sql of blocks(intro, 'sql')) await connection.run(here(sql));
    answers = async (sql) => {
      const rows = (await connection.runAndReadAll(here(sql))).getRows();
      return rows.map((row) => row.map(cell).join('\t')).sort();
    };
  }, 120_000);

  it('are twenty', () => {
    expect(QUESTIONS).toHaveLength(20);
  });

  it.each(QUESTIONS)('$title', async ({ sql, jq }) => {
    const [query = ''] = sql;
    const [command = ''] = jq;
    const byDuckDb = await answers(query);
    const byJq = execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    // A question without an answer in this archive would test nothing.
    expect(byDuckDb).not.toEqual([]);
    expect(byJq.split('\n').slice(0, -1).sort()).toEqual(byDuckDb);
  });
});
