import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FileSlots } from '../../../src/inspect/sandbox/file-slots.js';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function slotIn() {
  const folder = mkdtempSync(join(tmpdir(), 'assay-slots-'));
  const slots = new FileSlots();
  const slot = slots.make();
  onTestFinished(() => {
    slot.remove();
    slots.remove();
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, bytes: Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return { path, bytes };
  };
  const stands = (name: string) => readFileSync(join(slot.folder, name));
  return { slot, file, stands };
}

const MEGABYTE = 1024 ** 2;

/** Zero bytes, less than one read, exactly one read, and more. */
it.each([0, 1, 5_000, MEGABYTE - 1, MEGABYTE, 2 * MEGABYTE + 3])(
  'copies a file of %i bytes, and tells the digest of just what was copied',
  async (length) => {
    const { slot, file, stands } = slotIn();
    const { path, bytes } = file('one', Buffer.alloc(length, 'assay'));
    const digest = await slot.show('file', path);
    expect(stands('file').equals(bytes)).toBe(true);
    writeFileSync(path, 'another by now');
    expect([digest(), digest()]).toEqual([sha256(bytes), sha256(bytes)]);
  },
);

it('tells the digest of what stood in a place before, asked for once other bytes stand there', async () => {
  const { slot, file, stands } = slotIn();
  const [first, second] = [file('one', Buffer.alloc(9_000, 1)), file('two', Buffer.alloc(4_000, 2))];
  const before = await slot.show('file', first.path);
  const after = await slot.show('file', second.path);
  expect(stands('file').equals(second.bytes)).toBe(true);
  expect([before(), after()]).toEqual([sha256(first.bytes), sha256(second.bytes)]);
});

it('tells the digest of two places apart', async () => {
  const { slot, file } = slotIn();
  const [first, second] = [file('one', Buffer.alloc(9_000, 1)), file('two', Buffer.alloc(9_000, 2))];
  const digests = [await slot.show('file', first.path), await slot.show('next', second.path)];
  expect(digests.map((digest) => digest())).toEqual([sha256(first.bytes), sha256(second.bytes)]);
});
