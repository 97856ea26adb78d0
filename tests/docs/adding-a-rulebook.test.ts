import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checkTexts } from '../../src/core/law/rulebooks/check-texts.js';
import { lawsIn, rulebookIds } from '../../src/core/law/rulebooks/index.js';

const ROOT = join(import.meta.dirname, '../..');
const LAWS = join(ROOT, 'src/core/law/rulebooks');

/** The files that the guide tells to write, from its first table. */
const guide = readFileSync(join(ROOT, 'docs/adding-a-rulebook.md'), 'utf8');
const FILES =
  (guide.split('## The steps')[0] ?? '').match(/^\| `[^`]+`/gm)?.map((row) => row.slice(3, -1)) ?? [];

describe('docs/adding-a-rulebook.md', () => {
  it('names the files of every law, and all of them', () => {
    expect(FILES).toEqual(['rulebook.json', 'en.json', 'zh-Hans.json', 'cases.json']);
    for (const id of rulebookIds()) expect(readdirSync(join(LAWS, id)).sort()).toEqual([...FILES].sort());
  });

  it('is right that nothing else names a law', () => {
    const modules = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
      .filter(({ name }) => /\.(ts|js)$/.test(name))
      .map(({ parentPath, name }) => join(parentPath, name));
    // Help shows one of them as an example.
    const naming = modules.filter((path) =>
      rulebookIds().some((id) =>
        readFileSync(path, 'utf8')
          .replace(/assay \w+ .*/g, '')
          .includes(id),
      ),
    );
    expect(naming).toEqual([]);
  });
});

describe('a law that is added', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-laws-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is one folder, and stands where its order says', async () => {
    for (const id of ['cn-gb45438-2025', 'eu-ai-act-art-50'])
      cpSync(join(LAWS, id), join(folder, id), { recursive: true });
    const own = join(folder, 'br-invented-2027');
    cpSync(join(LAWS, 'eu-ai-act-art-50'), own, { recursive: true });
    const book = JSON.parse(readFileSync(join(own, 'rulebook.json'), 'utf8'));
    const law = { ...book, id: 'br-invented-2027', jurisdiction: 'BR', order: 45 };
    writeFileSync(join(own, 'rulebook.json'), JSON.stringify(law));
    const laws = await lawsIn(pathToFileURL(`${folder}/`));
    expect([...laws.keys()]).toEqual(['cn-gb45438-2025', 'br-invented-2027', 'eu-ai-act-art-50']);
    expect(laws.get('br-invented-2027')).toEqual(law);
    for (const language of ['en', 'zh-Hans'])
      checkTexts(JSON.parse(readFileSync(join(own, `${language}.json`), 'utf8')), law, `${language}.json`);
  });

  it('does not take the others with it where it is broken', async () => {
    writeFileSync(join(folder, 'br-invented-2027/rulebook.json'), '{');
    const laws = await lawsIn(pathToFileURL(`${folder}/`));
    expect([...laws.keys()].at(-1)).toBe('br-invented-2027');
    expect(laws.get('br-invented-2027')).toEqual(
      new Error('rulebook br-invented-2027/rulebook.json: it is not JSON'),
    );
    expect(laws.get('eu-ai-act-art-50')).not.toBeInstanceOf(Error);
  });
});
