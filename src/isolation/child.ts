import { Socket } from 'node:net';
import { analyze } from '../core/analyze.js';
import { Asset } from '../core/asset.js';
import { loadRulebooks } from '../core/rulebooks/index.js';
import { onLines } from './lines.js';
import { CHANNEL_FD, type Message, type Task } from './protocol.js';

/** The reading process: takes one task after another until its parent is gone. */

/** Tasks come from the parent alone, and hold a path, names and faults. */
const TASK_CHARACTERS = 1024 ** 2;

const channel = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });

/** Written at once while the channel takes it: a step that kills the process in the next instant has been told. */
function say(message: Message): void {
  channel.write(`${JSON.stringify(message)}\n`);
}

async function read(task: Task): Promise<Message> {
  let asset: Asset;
  say({ task: task.task, step: { step: 'open', state: 'start' } });
  try {
    asset = await Asset.open(task.path);
  } catch (error) {
    return { task: task.task, error: { phase: 'open', code: systemCode(error) } };
  }
  try {
    say({ task: task.task, step: { step: 'open', state: 'end' } });
    const { name, asOf, engine, declaredMediaType, skip, engineFaults } = task;
    const report = await analyze(asset, {
      name,
      asOf,
      rulebooks: loadRulebooks(task.rulebooks),
      engine,
      ...(declaredMediaType !== undefined && { declaredMediaType }),
      skip,
      engineFaults,
      onStep: (step) => say({ task: task.task, step }),
    });
    return { task: task.task, report };
  } catch (error) {
    const phase = isReadFailure(error) ? 'open' : 'exception';
    return { task: task.task, error: { phase, code: systemCode(error) } };
  } finally {
    await asset.close();
  }
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}

/** The disk's fault (`EIO`), wherever in the reading it shows. */
function isReadFailure(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'read';
}

let last = Promise.resolve();
onLines(
  channel,
  TASK_CHARACTERS,
  (line) => {
    const task = JSON.parse(line) as Task;
    last = last.then(async () => say(await read(task)));
  },
  () => process.exit(1),
);
channel.on('error', () => process.exit(1));
channel.on('close', () => process.exit(0));
say({ ready: true });
