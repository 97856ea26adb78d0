import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { describeWithoutNetwork, filesIn } from './support/no-network-files.js';

/** Real files contain addresses that our fixtures lack: of remote manifests, OCSP responders and identities. */
const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';

const ADDRESS = /(?:https?|ftps?|wss?|rtmp|rtsp|tcp|udp|file):\/\/[\w.~:/?#@!$&*+,;=%-]{4,200}/g;

/** Returns the files that add a new file kind or a new address, so that each of both is covered. */
function ofEachKindAndAddress(paths: string[]): string[] {
  const known = new Set<string>();
  return paths.filter((path) => {
    const addresses = readFileSync(path, 'latin1').match(ADDRESS) ?? [];
    const news = [extname(path).toLowerCase(), ...addresses].filter((one) => !known.has(one));
    for (const one of news) known.add(one);
    return news.length > 0;
  });
}

describeWithoutNetwork([
  { words: 'as they are', more: [], files: () => filesIn(CORPUS) },
  {
    // This takes seconds per file, so only distinct third-party files are read.
    words: 'with their pixels, and with frames and sound, which ffmpeg decodes',
    more: ['--deep'],
    files: () => ofEachKindAndAddress(filesIn(CORPUS)),
  },
]);
