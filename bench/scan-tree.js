import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Returns the files below a folder whose names media readers recognize. */
export function mediaIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return mediaIn(path);
    return entry.isFile() && /\.(jpe?g|png|gif|webp|mp3|flac|wav|m4a|mp4|mov|heic|avif)$/i.test(path)
      ? [path]
      : [];
  });
}

/** Creates `count` copies in folders of 200, each with its own bytes appended, so that none is a duplicate of another. */
export function copyInto(tree, media, count) {
  for (let i = 0; i < count; i += 1) {
    const source = media[i % media.length];
    const folder = join(tree, String(Math.floor(i / 200)));
    mkdirSync(folder, { recursive: true });
    const name = `${String(i).padStart(7, '0')}-${source.split('/').pop()}`;
    writeFileSync(join(folder, name), Buffer.concat([readFileSync(source), Buffer.from(`\n${i}`)]));
  }
}

/** Returns a small PNG without any mark, different for each number; 100,000 of them take seconds. */
export function plainPicture(seed, number) {
  const end = seed.length - 12;
  const text = Buffer.from(`tEXtComment\0${number}`);
  const chunk = Buffer.alloc(8 + text.length);
  chunk.writeUInt32BE(text.length - 4, 0);
  text.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(text), chunk.length - 4);
  return Buffer.concat([seed.subarray(0, end), chunk, seed.subarray(end)]);
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
