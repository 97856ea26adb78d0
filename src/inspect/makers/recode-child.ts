import { Socket } from 'node:net';
import { recodePicture } from '../../core/readers/pictures/recoded-picture.js';
import { readLines } from '../process/lines.js';
import { CHANNEL_FD, type ReaderMessage, type Task } from '../protocol/protocol.js';

/**
 * Entry point of the process that re-encodes pictures. It loads a single library, sees no file, and receives only the
 * picture in the task. It does not lower its priority, because it takes a fraction of the time needed to make the
 * pictures, which do.
 */

/** Maximum length of a task: one picture in base64 and the surrounding message. */
const TASK_CHARACTERS = 2 * 1024 ** 2;

const channel = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });

const send = (message: ReaderMessage): void => void channel.write(`${JSON.stringify(message)}\n`);

async function handleTask({ task, picture }: Task): Promise<void> {
  const anew = picture && (await recodePicture(picture));
  send({ task, report: { webp: anew?.toString('base64') ?? null }, steps: [] });
}

let last = Promise.resolve();
readLines(
  channel,
  { characters: () => TASK_CHARACTERS },
  (line) => {
    const task = JSON.parse(line) as Task;
    last = last.then(() => handleTask(task));
  },
  () => process.exit(1),
);
channel.on('error', () => process.exit(1));
channel.on('close', () => process.exit(0));
send({ ready: true });
