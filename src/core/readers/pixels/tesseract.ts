import { spawn } from 'node:child_process';
import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { abandon } from './ffmpeg.js';
import type { Undecoded } from './picture.js';

/**
 * Runs tesseract, which reads the words of one line; no other module does. It gets pixels through a pipe and no file
 * name. With OMP_THREAD_LIMIT it uses one thread: more are slower for a single line.
 */

/** Language data. Chinese reads the makers' marks, and Latin letters poorly; English corrects these. */
const LANGUAGES = 'chi_sim+eng';

/** One word or piece of a line, with its box in pixels of the line. */
export interface ReadWord {
  text: string;
  /** Percent, as tesseract gives it. */
  confidence: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Reads the words of a picture that shows one line. */
export function readLine(png: Buffer): Promise<{ words: ReadWord[] } | Undecoded> {
  return new Promise((resolve) => {
    const args = ['stdin', 'stdout', '-l', LANGUAGES, '--psm', '7', '-c', 'tessedit_create_tsv=1'];
    const child = spawn('/usr/bin/env', ['OMP_THREAD_LIMIT=1', 'tesseract', ...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let output = '';
    const end = (answer: { words: ReadWord[] } | Undecoded) => {
      clearTimeout(timer);
      abandon(child);
      resolve(answer);
    };
    const timer = setTimeout(
      () => end({ status: 'failed', ...fault('bound.tesseractMillis') }),
      limits.tesseractMillis,
    );
    // Writing to a process that has ended is not an error; its exit status is what counts.
    child.stdin.on('error', () => {});
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      output += piece;
      if (output.length > limits.tesseractOutputBytes) end(NOT_USABLE);
    });
    child.on('error', () => end(NOT_USABLE));
    // It exits with 1 without language data; env exits with 127 without tesseract.
    child.on('close', (code) => end(code === 0 ? { words: parseTable(output) } : NOT_USABLE));
    child.stdin.end(png);
  });
}

const NOT_USABLE: Undecoded = {
  status: 'unsupported',
  ...fault('carrier.notRead', { what: 'words', format: 'picture' }),
};

/** Level of the rows of tesseract's table that are words; the others are page, block, paragraph and line. */
const WORD_LEVEL = '5';

/** Parses tesseract's table: level, five numbers of position, left, top, width, height, confidence, text. */
function parseTable(table: string): ReadWord[] {
  return table.split('\n').flatMap((row) => {
    const [level, , , , , , left, top, width, height, confidence, text = ''] = row.split('\t');
    if (level !== WORD_LEVEL || text.trim() === '') return [];
    return [
      {
        text: text.trim(),
        confidence: Number(confidence),
        left: Number(left),
        top: Number(top),
        width: Number(width),
        height: Number(height),
      },
    ];
  });
}
