import { Socket } from 'node:net';
import { analyze } from '../core/analyze.js';
import type { Step } from '../core/analyze-options.js';
import { Asset } from '../core/asset.js';
import type { Rulebook } from '../core/rulebook.js';
import { onLines } from './lines.js';
import { CHANNEL_FD, type Lesson, type Message, type Task } from './protocol.js';

/** The reading process: takes one task after another until its parent is gone. */

/** Tasks and rulebooks come from the parent alone. */
const TASK_CHARACTERS = 16 * 1024 ** 2;

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
    const { name, asOf, engine, declaredMediaType, sidecarPath, skip, engineFaults } = task;
    const onStep = (step: Step) => say({ task: task.task, step });
    if (task.output === 'crjson') {
      const { crJsonOf } = await import('../core/cr-json.js');
      return { task: task.task, report: await crJsonOf(asset, onStep) };
    }
    const report = await analyze(asset, {
      name,
      asOf,
      rulebooks: rulebooksOf(task),
      engine,
      ...(declaredMediaType !== undefined && { declaredMediaType }),
      ...(sidecarPath !== undefined && { sidecarPath }),
      skip,
      ...(lesson.trustDir !== undefined && { trustDir: lesson.trustDir }),
      engineFaults,
      onStep,
    });
    return { task: task.task, report };
  } catch (error) {
    const phase = isReadFailure(error) ? 'open' : 'exception';
    return { task: task.task, error: { phase, code: systemCode(error) } };
  } finally {
    await asset.close();
  }
}

/** In the order asked, as the parent has it. */
function rulebooksOf({ rulebooks }: Task): Rulebook[] {
  if (rulebooks === undefined) return lesson.rulebooks;
  return [...new Set(rulebooks)].flatMap((id) => lesson.rulebooks.find((one) => one.id === id) ?? []);
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}

/** The disk's fault (`EIO`), wherever in the reading it shows. */
function isReadFailure(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'read';
}

let lesson: Lesson = { rulebooks: [] };
let last = Promise.resolve();
onLines(
  channel,
  TASK_CHARACTERS,
  (line) => {
    const said = JSON.parse(line) as Task | Lesson;
    if ('task' in said) last = last.then(async () => say(await read(said)));
    else lesson = said;
  },
  () => process.exit(1),
);
channel.on('error', () => process.exit(1));
channel.on('close', () => process.exit(0));
say({ ready: true });
