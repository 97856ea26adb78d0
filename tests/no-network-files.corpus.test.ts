import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { describeWithoutNetwork, filesIn } from './no-network-files.js';

/** Real files name addresses that ours do not: of remote manifests, of OCSP, of identities. */
const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';

const ADDRESS = /(?:https?|ftps?|wss?|rtmp|rtsp|tcp|udp|file):\/\/[\w.~:/?#@!$&*+,;=%-]{4,200}/g;

/** Those that bring a kind of file, or an address, that none before them brought: each of both is there. */
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
    // It takes seconds a file: of other people's, those that are like no other.
    words: 'with their pixels, and with frames and sound, which ffmpeg decodes',
    more: ['--deep'],
    files: () => ofEachKindAndAddress(filesIn(CORPUS)),
  },
]);
