/**
 * Prints the size of the sources: files, lines of code (neither blank nor comment), exported type names that stand in two
 * files, and the first words of comments. Generated files are left out.
 *   npm run count
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const GENERATED = /^clients\/typescript\/src\/api\.ts$/;
/** Openings that leave a comment without a subject. */
const NO_SUBJECT = /^(What|Of|The same|Who|Whoever|Those|That which|Its own)\b/;
const EXPORTED_TYPE = /^export (?:declare )?(?:abstract )?(?:type|interface|class|enum) (\w+)/gm;

/** Returns the tracked files below a folder, without generated ones. */
export function sources(folder, ending = '.ts') {
  const list = execFileSync('git', ['ls-files', '-co', '--exclude-standard', folder], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return list.split('\n').filter((file) => file.endsWith(ending) && !GENERATED.test(file));
}

/** Returns the lines of a file, and those in which a comment begins or continues. A comment after code counts as code. */
export function linesOf(text) {
  const code = [];
  const comments = [];
  let inBlock = false;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '') continue;
    if (inBlock || trimmed.startsWith('//') || trimmed.startsWith('/*')) {
      comments.push(trimmed);
      inBlock = (inBlock || trimmed.startsWith('/*')) && !trimmed.includes('*/');
    } else code.push(trimmed);
  }
  return { code, comments };
}

/** Returns exported type names by the files that declare them. */
export function exportedTypes(files) {
  const declared = new Map();
  for (const file of files)
    for (const [, name] of readFileSync(join(ROOT, file), 'utf8').matchAll(EXPORTED_TYPE))
      declared.set(name, [...(declared.get(name) ?? []), file]);
  return declared;
}

function report() {
  const rows = ['src', 'tests', 'scripts', 'bench', 'fixtures/build', 'clients'].map((folder) => {
    const files =
      folder === 'scripts' || folder === 'bench' || folder === 'fixtures/build'
        ? sources(folder, '.js')
        : sources(folder);
    const lines = files.map((file) => linesOf(readFileSync(join(ROOT, file), 'utf8')));
    return {
      folder,
      files: files.length,
      code: lines.reduce((sum, one) => sum + one.code.length, 0),
      comments: lines.flatMap((one) => one.comments),
    };
  });
  console.log('folder          files     code  comments  without a subject');
  for (const { folder, files, code, comments } of rows) {
    const vague = comments.filter((line) =>
      NO_SUBJECT.test(line.replace(/^(\/\*\*?|\*|\/\/)\s*/, '')),
    ).length;
    const cells = [files, code, comments.length, vague].map((cell, at) =>
      String(cell).padStart([5, 8, 9, 18][at]),
    );
    console.log(`${folder.padEnd(15)} ${cells.join(' ')}`);
  }
  const src = sources('src');
  const twice = [...exportedTypes(src)].filter(([, files]) => files.length > 1);
  console.log(`\nexported type names in two files or more (src): ${twice.length}`);
  for (const [name, files] of twice) console.log(`  ${name}: ${files.join(', ')}`);
  const folders = new Map();
  for (const file of src) folders.set(dirname(file), (folders.get(dirname(file)) ?? 0) + 1);
  console.log('\nfolders of src with more than 25 files:');
  for (const [folder, count] of [...folders].sort((a, b) => b[1] - a[1]))
    if (count > 25) console.log(`  ${folder}: ${count}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) report();
