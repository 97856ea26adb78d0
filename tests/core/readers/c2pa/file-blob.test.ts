import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FileBlob } from '../../../../src/core/readers/c2pa/file-blob.js';

const MIB = 1024 ** 2;
const folder = mkdtempSync(join(tmpdir(), 'assay-blob-'));
const path = join(folder, 'file');
const content = Buffer.alloc(50 * MIB + 5, 'abcdefghijk');
writeFileSync(path, content);
const file = openSync(path, 'r');
afterAll(() => {
  closeSync(file);
  rmSync(folder, { recursive: true, force: true });
});
const blob = new FileBlob(file, 0, content.length);

describe('a Blob over an open file', () => {
  it('answers a small range whole', () => {
    expect(Buffer.from(blob.slice(10, 20).readNow())).toEqual(content.subarray(10, 20));
    expect(blob.slice(20, 10).readNow().byteLength).toBe(0);
    expect(Buffer.from(blob.slice(content.length - 3, content.length + 100).readNow())).toEqual(
      content.subarray(-3),
    );
  });

  it('answers a large range with its beginning, so that whoever reads on gets every byte once', () => {
    const pieces: Buffer[] = [];
    for (let at = 1; at < blob.size; ) {
      const piece = Buffer.from(new Uint8Array(blob.slice(at, blob.size).readNow()));
      expect(piece.length).toBeGreaterThan(0);
      expect(piece.length).toBeLessThanOrEqual(16 * MIB);
      pieces.push(piece);
      at += piece.length;
    }
    expect(pieces.length).toBe(4);
    expect(Buffer.concat(pieces).equals(content.subarray(1))).toBe(true);
  });

  it('answers the whole file whole: the engine would take less for all there is', () => {
    expect(Buffer.from(blob.slice(0, blob.size).readNow()).equals(content)).toBe(true);
    expect(blob.readNow().byteLength).toBe(content.length);
  });

  it('says that the file became shorter', () => {
    expect(() => new FileBlob(file, content.length, content.length + 10).readNow()).toThrow(/shorter/);
  });
});
