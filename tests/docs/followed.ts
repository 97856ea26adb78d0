import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { memoryFolder } from '../memory-folder.js';

/**
 * A guide in docs/ is followed to the letter: what its numbered list says goes into copies of the sources, and nothing
 * else does. A block of `diff` under a point is an edit of that file, any other block is the file.
 */
const ROOT = join(import.meta.dirname, '../..');

export const guideOf = (name: string): string => readFileSync(join(ROOT, 'docs', name), 'utf8');

export interface Step {
  file: string;
  /** The file as it is after this step. */
  edit(before: string): string;
}

/** The numbered list of a guide. */
export const stepsOf = (guide: string): Step[] =>
  [...guide.matchAll(/^\d+\. `([^`]+)`(.*\n(?: {3}.*\n|\n)*)/gm)].map(([, file = '', text = '']) => ({
    file,
    edit: editOf(text),
  }));

function editOf(text: string): Step['edit'] {
  const [, kind, block = ''] = /^ {3}```(\w+)\n(.*?)^ {3}```$/ms.exec(text) ?? [];
  const code = block.replace(/^ {3}/gm, '');
  if (kind !== 'diff') return () => code;
  return (before) => code.split('@@\n').reduce(withHunk, before);
}

/** Lines with a blank before them stand there already; the first place where they do is meant. */
function withHunk(before: string, hunk: string): string {
  const lines = hunk.split('\n').filter((line) => line !== '');
  const rest = (sign: string) =>
    lines
      .filter((line) => !line.startsWith(sign))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const at = `\n${before}`.indexOf(`\n${rest('+')}`);
  if (at < 0) throw new Error(`what the guide goes by is not there:\n${rest('+')}`);
  return before.slice(0, at) + rest('-') + before.slice(at + rest('+').length);
}

/** Copies of the sources in one folder, so that one run of the compiler can look at several. */
export class Copies {
  readonly folder = mkdtempSync(join(memoryFolder(), 'assay-guide-'));

  constructor() {
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    cpSync(join(ROOT, 'package.json'), join(this.folder, 'package.json'));
  }

  /** A copy in which these steps were taken; its name. */
  add(name: string, steps: readonly Step[]): string {
    const copy = join(this.folder, name);
    for (const path of ['src', 'package.json', 'scripts/catalogues.js'])
      cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    return this.#taken(name, steps);
  }

  /**
   * The same of a copy that nobody looks at any more, as the sources are but for these steps: to copy all of them, and to
   * delete that, takes longer than to compile what a test is about.
   */
  again(before: string, name: string, steps: readonly Step[]): string {
    const copy = join(this.folder, name);
    const changed = this.touched(before);
    renameSync(join(this.folder, before), copy);
    for (const path of changed)
      if (existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(copy, path));
      else rmSync(join(copy, path));
    return this.#taken(name, steps);
  }

  #taken(name: string, steps: readonly Step[]): string {
    for (const { file, edit } of steps) {
      const path = join(this.folder, name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, edit(existsSync(path) ? readFileSync(path, 'utf8') : ''));
    }
    return name;
  }

  /** What the compiler says of these files and folders, and of what they import: places in the copies, with the fault. */
  faults(include: readonly string[]): { file: string; says: string }[] {
    const project = join(this.folder, 'tsconfig.json');
    const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
    const options = { ...compilerOptions, rootDir: '.', declaration: false };
    writeFileSync(project, JSON.stringify({ compilerOptions: options, include }));
    const { status, stdout } = this.run('node_modules/.bin/tsc', [
      '--noEmit',
      // Several that check at once look at much of it twice.
      '--singleThreaded',
      '--pretty',
      'false',
      '-p',
      project,
    ]);
    const found = [...stdout.matchAll(/^(\S+?)\(\d+,\d+\): error (.*(?:\n .*)*)/gm)].map(
      ([, file = '', says = '']) => ({ file, says }),
    );
    if ((status === 0) !== (found.length === 0)) throw new Error(stdout);
    return found;
  }

  /** A program that comes with the sources or with a package, in the folder of the copies. */
  run(command: string, args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(command, args, { cwd: this.folder, encoding: 'utf8' });
  }

  /** The script that makes what is made of the catalogues. */
  catalogues(name: string): { status: number | null; stderr: string } {
    return this.run(process.execPath, [`${name}/scripts/catalogues.js`]);
  }

  /** Runs a module in a copy, and gives what it wrote, as JSON. */
  ask(name: string, module: string): unknown {
    const path = join(this.folder, name, 'src', 'asked.ts');
    writeFileSync(path, module);
    const { status, stdout, stderr } = this.run('node_modules/.bin/tsx', [path]);
    rmSync(path);
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  }

  /** Files of a copy that are not as they are in the sources. */
  touched(name: string): string[] {
    const copy = join(this.folder, name);
    return readdirSync(join(copy, 'src'), { withFileTypes: true, recursive: true })
      .filter((one) => one.isFile())
      .map((one) => relative(copy, join(one.parentPath, one.name)))
      .filter((path) => {
        const source = join(ROOT, path);
        return !existsSync(source) || !readFileSync(source).equals(readFileSync(join(copy, path)));
      })
      .sort();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
