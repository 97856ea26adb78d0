import { resolve } from 'node:path';
import { describeWithoutNetwork, filesIn } from './support/no-network-files.js';
import { share } from './support/whole.js';

const FIXTURES = resolve(import.meta.dirname, '../fixtures');
const MEDIA = /\.(mp4|mov|m4v|avi|mkv|webm|mp3|m4a|wav|flac|ogg|opus|gif|png|jpe?g|webp|avif)$/i;

describeWithoutNetwork([
  { words: 'as they are', more: [], files: () => share(filesIn(FIXTURES), 4) },
  {
    words: 'with their pixels, and with frames and sound, which ffmpeg decodes',
    more: ['--deep'],
    files: () =>
      share(
        filesIn(FIXTURES).filter((path) => MEDIA.test(path)),
        4,
      ),
  },
]);
