import { Socket } from 'node:net';
import { recodedPicture } from '../core/readers/recoded-picture.js';
import { onLines } from './lines.js';
import { CHANNEL_FD, type Message, type Task } from './protocol.js';

/**
 * The process that encodes pictures anew: nothing is loaded in it but one library, no file is in its sight, and all it
 * gets is the picture in the task. What it takes is a fraction of what it took to make them, which yields to all else: this
does not.
 */

/** Of a task: the most that one picture may have, in base64, and what surrounds it. */
const TASK_CHARACTERS = 2 * 1024 ** 2;

const channel = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });

const say = (message: Message): void => void channel.write(`${JSON.stringify(message)}\n`);

async function take({ task, picture }: Task): Promise<void> {
  const anew = picture && (await recodedPicture(picture));
  say({ task, report: { webp: anew?.toString('base64') ?? null }, steps: [] });
}

let last = Promise.resolve();
onLines(
  channel,
  { characters: () => TASK_CHARACTERS },
  (line) => {
    const task = JSON.parse(line) as Task;
    last = last.then(() => take(task));
  },
  () => process.exit(1),
);
channel.on('error', () => process.exit(1));
channel.on('close', () => process.exit(0));
say({ ready: true });
