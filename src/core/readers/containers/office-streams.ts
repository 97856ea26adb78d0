import type { CompoundStorage } from './compound-file.js';

/** The main streams of Word, Excel and PowerPoint before Office Open XML, and whether they are encrypted. */

export const WORD = 'WordDocument';
export const EXCEL: readonly string[] = ['Workbook', 'Book'];
export const POWERPOINT = 'PowerPoint Document';
/** PowerPoint stream that identifies the current version of the document and tells whether it is encrypted. */
const CURRENT_USER = 'Current User';

/** Flags of the file information block ([MS-DOC] §2.5.2); mark of an encrypted presentation ([MS-PPT] §2.3.2). */
const WORD_FLAGS = { at: 10, encrypted: 0x0100 } as const;
const POWERPOINT_TOKEN = { at: 12, encrypted: 0xf3d1c4df } as const;
/** Record of an encrypted workbook, which follows the first record ([MS-XLS] §2.4.117). */
const FILE_PASS = 0x2f;
const HEAD_BYTES = 64;
/** Maximum number of records to search for it. */
const MAX_RECORDS = 4;

export async function isEncryptedOffice(root: CompoundStorage): Promise<boolean> {
  for (const { name, read } of root.streams) {
    if (name !== WORD && name !== CURRENT_USER && !EXCEL.includes(name)) continue;
    const head = (await read(HEAD_BYTES)) ?? Buffer.alloc(0);
    if (name === WORD && head.length > WORD_FLAGS.at + 1)
      return (head.readUInt16LE(WORD_FLAGS.at) & WORD_FLAGS.encrypted) !== 0;
    if (name === CURRENT_USER && head.length >= POWERPOINT_TOKEN.at + 4)
      return head.readUInt32LE(POWERPOINT_TOKEN.at) === POWERPOINT_TOKEN.encrypted;
    if (EXCEL.includes(name)) return hasFilePass(head);
  }
  return false;
}

function hasFilePass(head: Buffer): boolean {
  let at = 0;
  for (let count = 0; count < MAX_RECORDS && at + 4 <= head.length; count++) {
    if (head.readUInt16LE(at) === FILE_PASS) return true;
    at += 4 + head.readUInt16LE(at + 2);
  }
  return false;
}
