import { type ChildProcess, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Step } from '../core/analyze-options.js';
import type { ReadFault } from '../core/evidence.js';
import { childEnvironment } from './child-environment.js';
import type { Confinement } from './confinement.js';
import { type Death, faultOf } from './faults.js';
import type { IsolationLimits } from './isolation-limits.js';
import { onLines } from './lines.js';
import { MemoryWatch } from './memory-watch.js';
import { ProcessEnd } from './process-end.js';
import {
  CHANNEL_FD,
  type Lesson,
  type Message,
  parseMessage,
  type Task,
  type TaskError,
} from './protocol.js';
import { StepWatch } from './step-watch.js';

/** How one attempt at one file ended. */
export type AttemptEnd =
  | { end: 'report'; report: unknown }
  | { end: 'error'; error: TaskError; suspect: Step | undefined }
  | { end: 'death'; fault: ReadFault; suspect: Step | undefined };

export interface AttemptTime {
  /** Until the file's time is used up. */
  leftMillis: number;
  stepMillis: number;
  /** The file's time in all, for the words. */
  taskMillis: number;
}

interface Attempt {
  task: number;
  steps: StepWatch;
  /** Set once something is known that the exit itself does not tell. */
  suspect?: Step;
  settle(end: AttemptEnd): void;
}

/** Room in a line for what surrounds a Report. */
const ENVELOPE_CHARACTERS = 1_024;

/** One child process that reads files, one at a time, until it dies or is ended. It is never trusted, only bounded. */
export class ReadingProcess {
  /** Rejects, with its last words, when the process dies or stays silent before it is ready. */
  readonly ready: Promise<void>;
  filesTaken = 0;

  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #bounds: IsolationLimits;
  readonly #memoryBytes: number;
  readonly #end: ProcessEnd;
  #memoryWatch: MemoryWatch | undefined;
  #attempt: Attempt | undefined;
  #condemned: Death | undefined;
  #alive = true;
  #taught = false;
  #lastWords = '';
  #idleTimer: NodeJS.Timeout | undefined;
  #onReady: () => void = () => {};

  constructor(entry: string, memoryBytes: number, confinement: Confinement, bounds: IsolationLimits) {
    const { file, args, limitsMemory } = confinement.command(entry, memoryBytes);
    this.#bounds = bounds;
    this.#memoryBytes = memoryBytes;
    // A group of its own, so that the kill reaches whatever it has started itself.
    this.#child = spawn(file, args, {
      cwd: '/',
      env: childEnvironment(),
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    // What went wrong is told by its exit, or by its never being ready.
    this.#child.on('error', () => {});
    this.#channel = this.#openChannel();
    this.#keepLastWords();
    this.#end = new ProcessEnd(this.#child, this.#channel, bounds.exitGraceMillis, () => this.#killGroup());
    void this.#end.gone.then(() => this.#leave());
    this.ready = this.#awaitReady();
    const { pid } = this.#child;
    if (!limitsMemory && pid !== undefined) {
      const tooMuch = () => this.#condemn({ cause: 'memory', bytes: memoryBytes });
      this.#memoryWatch = new MemoryWatch(pid, memoryBytes, bounds.memoryWatchMillis, tooMuch);
    }
  }

  get alive(): boolean {
    return this.#alive && this.#condemned === undefined;
  }

  /** Told once, before the first task. */
  teach(lesson: Lesson): void {
    if (this.#taught || !this.alive) return;
    this.#taught = true;
    this.#channel.write(`${JSON.stringify(lesson)}\n`);
  }

  /** Never rejects, and ends in the time given whatever the process does. */
  async attempt(task: Task, time: AttemptTime): Promise<AttemptEnd> {
    clearTimeout(this.#idleTimer);
    this.filesTaken += 1;
    const budget = setTimeout(
      () => this.#condemn({ cause: 'budget', millis: time.taskMillis }),
      time.leftMillis,
    );
    const steps = new StepWatch(time.stepMillis, (step) =>
      this.#condemn({ cause: 'deadline', millis: time.stepMillis }, step),
    );
    try {
      return await new Promise<AttemptEnd>((settle) => {
        this.#attempt = { task: task.task, steps, settle };
        if (this.alive) this.#channel.write(`${JSON.stringify(task)}\n`);
        void this.#end.gone.then(() => this.#settleDeath());
      });
    } finally {
      this.#attempt = undefined;
      clearTimeout(budget);
      steps.stop();
    }
  }

  /** Calls back once, when nothing has been asked of it for so long. */
  onceIdle(millis: number, callback: () => void): void {
    this.#idleTimer = setTimeout(callback, millis);
    this.#idleTimer.unref();
  }

  /** Ends it and all it has started; resolves when it is gone or no longer worth waiting for. */
  async kill(): Promise<void> {
    clearTimeout(this.#idleTimer);
    this.#condemned ??= { cause: 'bad-answer' };
    this.#killGroup();
    await this.#end.gone;
  }

  #condemn(death: Death, suspect?: Step): void {
    if (this.#condemned !== undefined) return;
    this.#condemned = death;
    if (this.#attempt !== undefined && suspect !== undefined) this.#attempt.suspect = suspect;
    this.#killGroup();
  }

  #killGroup(): void {
    const { pid } = this.#child;
    if (pid === undefined || !this.#alive) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody of that group is left.
    }
    this.#end.killed();
  }

  #leave(): void {
    this.#alive = false;
    this.#memoryWatch?.stop();
  }

  #settleDeath(): void {
    const { exitCode, signalCode: signal } = this.#child;
    const death = this.#condemned ?? { cause: 'exit', exitCode, signal, lastWords: this.#lastWords };
    const attempt = this.#attempt;
    attempt?.settle({
      end: 'death',
      fault: faultOf(death, this.#memoryBytes),
      suspect: attempt.suspect ?? attempt.steps.suspect(),
    });
  }

  #openChannel(): Duplex {
    // Without a free descriptor there is no stdio at all, whatever the types say.
    const channel = (this.#child.stdio as ChildProcess['stdio'] | undefined)?.[CHANNEL_FD];
    if (!(channel instanceof Duplex)) throw new Error('no process or descriptor is to be had');
    // Writing to a process that has just died is no error of ours; its exit is what counts.
    channel.on('error', () => {});
    onLines(
      channel,
      this.#bounds.reportCharacters + ENVELOPE_CHARACTERS,
      (line) => this.#take(parseMessage(line)),
      () => this.#condemn({ cause: 'answer-too-large' }),
    );
    return channel;
  }

  #take(message: Message | undefined): void {
    const attempt = this.#attempt;
    if (this.#condemned !== undefined) return;
    if (message !== undefined && 'ready' in message) {
      this.#onReady();
    } else if (message === undefined || attempt === undefined || message.task !== attempt.task) {
      this.#condemn({ cause: 'bad-answer' });
    } else if ('step' in message) {
      attempt.steps.take(message.step);
    } else if ('report' in message) {
      attempt.settle({ end: 'report', report: message.report });
    } else {
      attempt.settle({ end: 'error', error: message.error, suspect: attempt.steps.suspect() });
    }
  }

  #keepLastWords(): void {
    this.#child.stderr?.setEncoding('utf8');
    this.#child.stderr?.on('data', (words: string) => {
      this.#lastWords = (this.#lastWords + words).slice(-this.#bounds.stderrCharacters);
    });
  }

  async #awaitReady(): Promise<void> {
    const isReady = new Promise<true>((resolve) => {
      this.#onReady = () => resolve(true);
    });
    const silence = new AbortController();
    const silent = delay(this.#bounds.childStartMillis, false, { signal: silence.signal }).catch(() => false);
    const ready = await Promise.race([isReady, this.#end.gone.then(() => false), silent]);
    silence.abort();
    if (ready) return;
    await this.kill();
    throw new Error(complaint(this.#lastWords) ?? 'it did not start');
  }
}

/** The line that says what was wrong, of a trace or of a wrapper's words. It had read no file yet: they are our own. */
function complaint(lastWords: string): string | undefined {
  const lines = lastWords.split('\n').map((line) => line.trim());
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.findLast((line) => line !== '');
}
