import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Helpers that tests of started programs also need; importing them loads nothing of the service. */

/** Registers cleanup: at the end of the test, unless a test shares the resource with others. */
export type AtEnd = (end: () => void | Promise<void>) => void;

export function temporaryDirectory(within = tmpdir(), atEnd: AtEnd = onTestFinished): string {
  const path = mkdtempSync(join(within, 'assay-test-'));
  atEnd(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function filesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

export interface Part {
  name?: string;
  filename?: string;
  type?: string;
  content: string | Buffer;
}

/** Builds a multipart body byte by byte, so that tests can break it. */
export function multipart(parts: Part[]): { payload: Buffer; headers: Record<string, string> } {
  const boundary = `----assay${randomBytes(8).toString('hex')}`;
  const chunks = parts.flatMap(({ name, filename, type, content }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data${name === undefined ? '' : `; name="${name}"`}${
        filename === undefined ? '' : `; filename="${filename}"`
      }\r\n${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return {
    payload: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
