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
import { memoryFolder } from '../support/memory-folder.js';

/**
 * Follows a guide in docs/ literally: applies the steps of its numbered list to copies of the sources, and nothing
 * else. A block of `diff` under a step is an edit of that file, any other block is the whole file.
 */
const ROOT = join(import.meta.dirname, '../..');

export const guideOf = (name: string): string => readFileSync(join(ROOT, 'docs', name), 'utf8');

export interface Step {
  file: string;
  /** Returns the file after this step. */
  edit(before: string): string;
}

/** Returns the numbered list of a guide. */
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

/** Lines that begin with a blank already exist; the first place where they do is meant. */
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

/** Copies of the sources in one folder, so that one run of the compiler can check several. */
export class Copies {
  readonly folder = mkdtempSync(join(memoryFolder(), 'assay-guide-'));

  constructor() {
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    cpSync(join(ROOT, 'package.json'), join(this.folder, 'package.json'));
  }

  /** Creates a copy with these steps applied; returns its name. */
  add(name: string, steps: readonly Step[]): string {
    const copy = join(this.folder, name);
    for (const path of ['src', 'package.json', 'scripts/catalogues.js'])
      cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    return this.#taken(name, steps);
  }

  /**
   * Applies the steps to a copy that is no longer needed, which equals the sources but for these steps. Copying all
   * sources and deleting that copy takes longer than compiling the files of a test.
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

  /**
   * Returns the compiler's errors in these files and folders, and in what they import: positions in the copies, with
   * the error.
   */
  faults(include: readonly string[]): { file: string; says: string }[] {
    const project = join(this.folder, 'tsconfig.json');
    const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
    const options = { ...compilerOptions, rootDir: '.', declaration: false };
    writeFileSync(project, JSON.stringify({ compilerOptions: options, include }));
    const { status, stdout } = this.run('node_modules/.bin/tsc', [
      '--noEmit',
      // Parallel checkers would check much of it twice.
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

  /** Runs a program of the sources or of a package, in the folder of the copies. */
  run(command: string, args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(command, args, { cwd: this.folder, encoding: 'utf8' });
  }

  /** Runs the script that generates the catalogue modules. */
  catalogues(name: string): { status: number | null; stderr: string } {
    return this.run(process.execPath, [`${name}/scripts/catalogues.js`]);
  }

  /** Runs a module in a copy, and returns its output, parsed as JSON. */
  ask(name: string, module: string): unknown {
    const path = join(this.folder, name, 'src', 'asked.ts');
    writeFileSync(path, module);
    const { status, stdout, stderr } = this.run('node_modules/.bin/tsx', [path]);
    rmSync(path);
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  }

  /** Returns the files of a copy that differ from the sources. */
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
