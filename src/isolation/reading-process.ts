import { AsyncResource } from 'node:async_hooks';
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { CodeState } from '../cached-code.js';
import type { ReadFault } from '../core/ground/fault.js';
import type { IsolationLevel } from '../core/ground/isolation-level.js';
import type { Step } from '../core/report/analyze-options.js';
import { said } from '../say/said.js';
import { childEnvironment } from './child-environment.js';
import type { Command } from './confinement.js';
import { diagnostics } from './diagnostics.js';
import { type Death, faultOf } from './faults.js';
import { withoutInherited } from './inherited.js';
import type { IsolationLimits } from './isolation-limits.js';
import { onLines } from './lines.js';
import { MemoryWatch, residentBytes } from './memory-watch.js';
import { namelessCopy } from './nameless-file.js';
import { NotStarted } from './not-started.js';
import { PackMemory } from './pack-memory.js';
import { PackWatch } from './pack-watch.js';
import type { Party } from './party.js';
import { ProcessEnd } from './process-end.js';
import {
  CHANNEL_FD,
  type Message,
  type PackTask,
  type ProcessSettings,
  parseMessage,
  systemCode,
  type Task,
  type TaskError,
} from './protocol.js';
import { FILTER_FD } from './sandbox.js';
import { type EndedStep, Slate } from './step-slate.js';
import { StepWatch } from './step-watch.js';
import type { Files, Seen, View } from './view.js';

/** How one attempt at one file ended. */
export type AttemptEnd =
  /** Where something was `concluded` before: only what belongs beside it. */
  | { end: 'report'; report: unknown }
  | { end: 'error'; error: TaskError; suspect: Step | undefined }
  | {
      end: 'death';
      fault: ReadFault;
      suspect: Step | undefined;
      /** The process died of another file, or was ended for no file's fault: this one may be read as if nothing had been. */
      unblamed?: true;
    };

/** Of what a process said, when it has ended: whether anything later speaks against it. */
export type Fate = 'stands' | 'doubted';

export interface AttemptTime {
  /** Until the file's time is used up. */
  leftMillis: number;
  stepMillis: number;
  /** The file's time in all, for the words. */
  taskMillis: number;
}

interface Attempt {
  task: Task;
  time: AttemptTime;
  askedAt: number;
  /** From when on it is the first in the line, and its time runs. */
  running?: { begunAt: number; budget: NodeJS.Timeout; steps: StepWatch };
  onFirst: (waitedMillis: number) => void;
  /** Taken when it was called. */
  onConcluded?: ((observed: unknown) => void) | undefined;
  onManifestStore?: ((store: unknown) => void) | undefined;
  onPart?: ((part: unknown) => void) | undefined;
  /** Bytes of what it answered so far; pictures and manifest stores do not count. */
  answeredBytes: number;
  /** Set once something is known that the exit itself does not tell. */
  suspect?: Step | undefined;
  resolve(end: AttemptEnd): void;
  /** The context of whoever asked: what is told belongs to their file. */
  context: AsyncResource;
}

export interface AttemptMore {
  /** Called when the files before it have been read, with how long that took: none of its own time. */
  onFirst?(waitedMillis: number): void;
  /** Called, at most once and before the end, with what the process concluded; left out, it may not say so beforehand. */
  onConcluded?: ((observed: unknown) => void) | undefined;
  /** The same of the manifest store, as the process says it. */
  onManifestStore?: ((store: unknown) => void) | undefined;
  /** Called, any number of times before the end, with the Observation of a part. */
  onPart?: ((part: unknown) => void) | undefined;
}

/** What a process said of one file of a pack. */
export type PackAnswer = Extract<Message, { record: unknown } | { report: unknown } | { error: TaskError }>;

/** Small files that are read together, until each is answered or the process has ended. */
export interface PackAttempt {
  task: PackTask;
  /** Of the file that may take longest. */
  time: Omit<AttemptTime, 'leftMillis'>;
  /** By the file's place in the pack; at most once for each. */
  onAnswer(at: number, answer: PackAnswer): void;
  /** Told once; `fault` where the process has ended before. */
  onEnd(fault: ReadFault | undefined): void;
}

interface RunningPack extends PackAttempt {
  left: Set<number>;
  watch: PackWatch;
}

/** Of what one process may have: libraries that two have in common are counted twice. */
const SHARE_OF_ALL_TOGETHER = 1.5;

/** Room for what surrounds a Report in a message. */
const ENVELOPE_CHARACTERS = 1_024;

/**
 * One child process that reads files, one after the other, until it dies or is ended. It is never trusted, only bounded.
 * A file may be asked for while another is read: the process goes on with it at once, without waiting to be told.
 */
export class ReadingProcess {
  /** Rejects with `NotStarted` when the process dies or stays silent before it is ready. */
  readonly ready: Promise<void>;
  filesTaken = 0;
  readonly level: IsolationLevel;
  /** It sees nothing but what it was shown when it was made. */
  readonly shows: boolean;
  /** How long it was at work in all. */
  busyMillis = 0;
  /** Whether it runs what V8 compiled of it before; known once it is ready. */
  code: CodeState | undefined;
  /** Whose files it reads; undefined while it has read nothing. */
  party: Party | undefined;

  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #bounds: IsolationLimits;
  readonly #memoryBytes: number;
  readonly #end: ProcessEnd;
  readonly #view: View;
  readonly #slate = new Slate();
  /** Where it reads packs; undefined in one that is given none. */
  readonly #packMemory: PackMemory | undefined;
  /** Sent, in their order. */
  readonly #packs: RunningPack[] = [];
  #memoryWatch: MemoryWatch | undefined;
  /** The first is being read. */
  readonly #line: Attempt[] = [];
  /** Of whose file it died; undefined where it was ended for no file's fault. */
  #blamed: Attempt | undefined;
  #endedFor: Death | undefined;
  #alive = true;
  #faulted = false;
  /** Who waits to hear whether what it said stands. */
  #told: ((fate: Fate) => void)[] = [];
  #packsBegun = 0;
  #keepsParent = true;
  #taught = false;
  #lastWords = '';
  #spawnFault: Error | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #onReady: () => void = () => {};

  constructor(command: Command, memoryBytes: number, view: View, bounds: IsolationLimits) {
    const { file, args, limitsMemory, level, filter, temporary } = command;
    this.#bounds = bounds;
    this.#memoryBytes = memoryBytes;
    this.#view = view;
    this.level = level;
    this.shows = command.shows;
    this.#packMemory = command.packs ? PackMemory.make() : undefined;
    // A stream comes to its end only once this process has time again, which may be loading much else.
    const filterFile = filter && namelessCopy('filter', filter.bytes);
    const streamed = filterFile === undefined && filter?.as === 'stream' ? filter.bytes : undefined;
    // A group of its own, so that the kill reaches whatever it has started itself.
    this.#child = spawn(file, args, {
      cwd: '/',
      env: childEnvironment(temporary),
      detached: true,
      // Channel, filter and slate, by their numbers.
      stdio: withoutInherited([
        ...(['ignore', 'ignore', 'pipe', 'pipe'] as const),
        streamed === undefined ? (filterFile ?? 'ignore') : 'pipe',
        this.#slate.fd ?? 'ignore',
        this.#packMemory?.fd ?? 'ignore',
      ]),
    });
    if (filterFile !== undefined) closeSync(filterFile);
    // What went wrong is told by its exit, or by its never being ready.
    this.#child.on('error', (error) => {
      this.#spawnFault = error;
    });
    try {
      this.#channel = this.#openChannel();
      if (streamed !== undefined) this.#hand(streamed);
    } catch (error) {
      this.#slate.close();
      this.#packMemory?.close();
      throw error;
    }
    this.#keepLastWords();
    this.#end = new ProcessEnd(this.#child, this.#channel, bounds.exitGraceMillis, () => this.#killGroup());
    // Once for all: what waits for each file by itself would be held, with its Report, as long as the process lives.
    void this.#end.gone.then(() => {
      this.#leave();
      for (const attempt of [...this.#line]) this.#settleDeath(attempt);
      for (const pack of [...this.#packs]) this.#settlePack(pack, faultOf(this.#death(), this.#memoryBytes));
      // One that does not end, on a disk that does not answer, is not waited for.
      this.#keepParent(false);
    });
    this.ready = this.#awaitReady();
    const { pid } = this.#child;
    if (pid === undefined) return;
    const tooMuch = () => this.#endFor({ cause: 'memory', bytes: memoryBytes });
    if (!limitsMemory) {
      this.#memoryWatch = new MemoryWatch(pid, memoryBytes, bounds.memoryWatchMillis, tooMuch);
    } else if (level === 'sandbox') {
      // The kernel's limit is one for each process and not for memory that several share.
      const most = memoryBytes * SHARE_OF_ALL_TOGETHER;
      this.#memoryWatch = new MemoryWatch(pid, most, bounds.togetherWatchMillis, tooMuch);
    }
  }

  get alive(): boolean {
    return this.#alive && this.#endedFor === undefined;
  }

  /** It did what a reader does not do of itself: nothing more is asked of it, and what it said before is in doubt. */
  async fault(): Promise<void> {
    this.#faulted = true;
    this.#tellFate();
    await this.kill();
  }

  /** Tells, once, whether what it has said stands: when it has ended, or as soon as it has faulted. */
  whenEnded(tell: (fate: Fate) => void): void {
    this.#told.push(tell);
    if (this.#faulted || !this.#alive) this.#tellFate();
  }

  #tellFate(): void {
    for (const tell of this.#told.splice(0)) tell(this.#faulted ? 'doubted' : 'stands');
  }

  /** Of it and all it has started; 0 where it cannot be told. */
  get residentBytes(): number {
    return this.#child.pid === undefined ? 0 : residentBytes(this.#child.pid);
  }

  /** Told once, before the first task. */
  configure(settings: ProcessSettings): void {
    if (this.#taught || !this.alive) return;
    this.#taught = true;
    this.#channel.write(`${JSON.stringify(settings)}\n`);
  }

  /**
   * Puts the files where it can see them, and gives the paths they have there. Rejects with the system's error.
   */
  show(files: Files): Promise<Seen> {
    return this.#view.show(files);
  }

  /** Never rejects, and ends in the time given, counted from when it is the first, whatever the process does. */
  attempt(task: Task, time: AttemptTime, more: AttemptMore = {}): Promise<AttemptEnd> {
    clearTimeout(this.#idleTimer);
    this.#keepParent(true);
    this.filesTaken += 1;
    return new Promise<AttemptEnd>((resolve) => {
      const attempt: Attempt = {
        task,
        time,
        askedAt: performance.now(),
        onFirst: (waited) => more.onFirst?.(waited),
        onConcluded: more.onConcluded,
        onManifestStore: more.onManifestStore,
        onPart: more.onPart,
        answeredBytes: 0,
        resolve,
        // `AsyncLocalStorage.snapshot` of Node 20 binds a function with a notice of what is deprecated, ten times as long.
        context: new AsyncResource('assay.attempt'),
      };
      this.#line.push(attempt);
      if (this.#line[0] === attempt) this.#begin(attempt);
      if (this.alive) this.#channel.write(`${JSON.stringify(task)}\n`);
      if (!this.#alive) queueMicrotask(() => this.#settleDeath(attempt));
    });
  }

  /** Whether it can be given packs. */
  get takesPacks(): boolean {
    return this.alive && this.#packMemory !== undefined;
  }

  /**
   * So many bytes of `bytes` are the pack, put where the process reads them: no other that was sent may stand there still.
   * A process that is given packs is given nothing else. Throws the system's error where there is no room for it.
   */
  attemptPack(attempt: PackAttempt, bytes: Buffer): void {
    const { task, time } = attempt;
    if (this.alive) this.#packMemory?.write(bytes, task.place);
    clearTimeout(this.#idleTimer);
    this.#keepParent(true);
    this.filesTaken += task.items.length;
    const pack = {
      ...attempt,
      left: new Set(task.items.keys()),
      watch: new PackWatch({
        ...time,
        look: (lane) => this.#slate.look(task.pack, lane, task.items.length),
        onLate: (death) => this.#endFor(death),
      }),
    };
    if (this.#packs.length === 0) {
      this.#packsBegun = performance.now();
      pack.watch.begin();
    }
    this.#packs.push(pack);
    if (this.alive) this.#channel.write(`${JSON.stringify(task)}\n`);
    if (!this.#alive) {
      queueMicrotask(() => this.#settlePack(pack, faultOf(this.#death(), this.#memoryBytes)));
    }
  }

  #settlePack(pack: RunningPack, fault: ReadFault | undefined): void {
    const at = this.#packs.indexOf(pack);
    if (at === -1) return;
    this.#packs.splice(at, 1);
    pack.watch.stop();
    const [next] = this.#packs;
    if (next === undefined) {
      this.busyMillis += performance.now() - this.#packsBegun;
      this.#letParentEnd();
      this.#packMemory?.wipe();
    } else if (this.alive) next.watch.begin();
    pack.onEnd(fault);
  }

  /** Undefined where it is none of what was asked. */
  #packOf(task: number): RunningPack | undefined {
    return this.#packs.find(({ task: { pack }, left }) => left.has(task - pack));
  }

  #takePack(message: PackAnswer, characters: number): void {
    // Such a one it sends no record of: what records are bounded by when texts are added rests on it.
    if ('record' in message && characters > this.#bounds.packRecordCharacters) {
      this.#endFor({ cause: 'answer-too-large' });
      return;
    }
    const pack = this.#packOf(message.task);
    if (pack === undefined) {
      this.#endFor({ cause: 'bad-answer' });
      return;
    }
    const at = message.task - pack.task.pack;
    pack.left.delete(at);
    pack.watch.heard();
    if ('steps' in message) publishSteps(message.steps);
    pack.onAnswer(at, message);
    if (pack.left.size === 0) this.#settlePack(pack, undefined);
  }

  /** A process that has nothing to do keeps nobody from ending who uses this as a library. */
  #keepParent(keep: boolean): void {
    if (keep === this.#keepsParent) return;
    this.#keepsParent = keep;
    const streams = this.#child.stdio.filter((one): one is Socket => one instanceof Socket && !one.destroyed);
    for (const one of [this.#child, ...streams]) {
      if (keep) one.ref();
      else one.unref();
    }
  }

  /** Unless the next file comes at once: to do so and to undo it takes longer than to look at a file. */
  #letParentEnd(): void {
    setImmediate(() => {
      // Who ends it waits until it is gone.
      const isIdle = this.alive && this.#line.length === 0 && this.#packs.length === 0;
      if (isIdle) this.#keepParent(false);
    });
  }

  #begin(attempt: Attempt): void {
    const { task, time, askedAt } = attempt;
    const begunAt = performance.now();
    attempt.running = {
      begunAt,
      budget: setTimeout(() => this.#endFor({ cause: 'budget', millis: time.taskMillis }), time.leftMillis),
      steps: new StepWatch(
        time.stepMillis,
        () => this.#slate.look(task.task),
        (step) => this.#endFor({ cause: 'deadline', millis: time.stepMillis }, step),
      ),
    };
    attempt.onFirst(begunAt - askedAt);
  }

  /** At once, not when whoever waits for it comes to its turn: the next answer may stand behind this one. */
  #settle(attempt: Attempt, end: AttemptEnd): void {
    const at = this.#line.indexOf(attempt);
    if (at === -1) return;
    this.#line.splice(at, 1);
    if (attempt.running !== undefined) {
      const { begunAt, budget, steps } = attempt.running;
      this.busyMillis += performance.now() - begunAt;
      clearTimeout(budget);
      steps.stop();
    }
    this.#view.done(attempt.task.path);
    const [next] = this.#line;
    if (next !== undefined && next.running === undefined && this.alive) this.#begin(next);
    if (next === undefined) this.#letParentEnd();
    attempt.resolve(end);
  }

  /** Calls back once, when nothing has been asked of it for so long. */
  onceIdle(millis: number, callback: () => void): void {
    this.#idleTimer = setTimeout(callback, millis);
    this.#idleTimer.unref();
  }

  /** Ends it and all it has started, for no file's fault; resolves when it is gone or no longer worth waiting for. */
  async kill(): Promise<void> {
    clearTimeout(this.#idleTimer);
    this.#keepParent(true);
    this.#endedFor ??= { cause: 'bad-answer' };
    this.#killGroup();
    await this.#end.gone;
  }

  #endFor(death: Death, suspect?: Step): void {
    if (this.#endedFor !== undefined) return;
    this.#faulted = true;
    this.#endedFor = death;
    this.#blamed = this.#line[0];
    if (this.#blamed !== undefined && suspect !== undefined) this.#blamed.suspect = suspect;
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
    this.#view.remove();
    if (this.#endedFor === undefined) {
      // By itself, or by somebody else's hand: who can tell.
      this.#faulted = true;
      this.#blamed = this.#line[0];
    }
    const { steps } = this.#blamed?.running ?? {};
    if (this.#blamed !== undefined) this.#blamed.suspect ??= steps?.suspect();
    this.#slate.close();
    this.#packMemory?.close();
    this.#tellFate();
  }

  #death(): Death {
    const { exitCode, signalCode } = this.#child;
    const signal = signalCode ?? (this.level === 'sandbox' ? signalIn(exitCode) : null);
    return this.#endedFor ?? { cause: 'exit', exitCode, signal, lastWords: this.#lastWords };
  }

  #settleDeath(attempt: Attempt): void {
    this.#settle(attempt, {
      end: 'death',
      fault: faultOf(this.#death(), this.#memoryBytes),
      suspect: attempt.suspect,
      ...(attempt !== this.#blamed && { unblamed: true }),
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
      { characters: () => this.#mostCharacters(), values: this.#bounds.answerValues },
      (line) => this.#take(parseMessage(line), line),
      () => this.#endFor({ cause: 'answer-too-large' }),
    );
    return channel;
  }

  /** Of the message that comes now. */
  #mostCharacters(): number {
    const { answerBytes, mediaCharacters } = this.#bounds;
    const [attempt] = this.#line;
    const isOfMedia =
      attempt !== undefined &&
      (attempt.onManifestStore !== undefined || MEDIA_OUTPUTS.has(attempt.task.output));
    return (isOfMedia ? mediaCharacters : answerBytes) + ENVELOPE_CHARACTERS;
  }

  #hand(filter: Buffer): void {
    const end = this.#child.stdio[FILTER_FD];
    if (!(end instanceof Duplex)) throw new Error('no process or descriptor is to be had');
    end.on('error', () => {});
    end.end(filter);
  }

  #take(message: Message | undefined, line: string): void {
    const [attempt] = this.#line;
    if (this.#endedFor !== undefined) return;
    if (message !== undefined && this.#isTooMuch(message, line, attempt)) {
      this.#endFor({ cause: 'answer-too-large' });
      return;
    }
    if (message !== undefined && 'ready' in message) {
      this.code = message.code;
      this.#onReady();
    } else if (this.#packs.length > 0 && message !== undefined && !isTold(message)) {
      this.#takePack(message, line.length);
    } else if (
      message === undefined ||
      'record' in message ||
      attempt === undefined ||
      message.task !== attempt.task.task
    ) {
      this.#endFor({ cause: 'bad-answer' });
    } else if ('concluded' in message) {
      const { onConcluded } = attempt;
      attempt.onConcluded = undefined;
      if (onConcluded === undefined) this.#endFor({ cause: 'bad-answer' });
      else attempt.context.runInAsyncScope(() => onConcluded(message.concluded));
    } else if ('part' in message) {
      const { onPart } = attempt;
      if (onPart === undefined) this.#endFor({ cause: 'bad-answer' });
      else attempt.context.runInAsyncScope(() => onPart(message.part));
    } else if ('manifestStore' in message) {
      const { onManifestStore } = attempt;
      attempt.onManifestStore = undefined;
      if (onManifestStore === undefined) this.#endFor({ cause: 'bad-answer' });
      else attempt.context.runInAsyncScope(() => onManifestStore(message.manifestStore));
    } else if ('report' in message) {
      if (message.steps.length > 0) attempt.context.runInAsyncScope(() => publishSteps(message.steps));
      this.#settle(attempt, { end: 'report', report: message.report });
    } else {
      const suspect = attempt.running?.steps.suspect();
      this.#settle(attempt, { end: 'error', error: message.error, suspect });
    }
  }

  /** All messages about one file together. */
  #isTooMuch(message: Message, line: string, attempt: Attempt | undefined): boolean {
    if ('ready' in message || 'error' in message || 'manifestStore' in message) return false;
    if (MEDIA_OUTPUTS.has(attempt?.task.output)) return false;
    const bytes = Buffer.byteLength(line);
    if (attempt !== undefined) attempt.answeredBytes += bytes;
    return (attempt?.answeredBytes ?? bytes) > this.#bounds.answerBytes + ENVELOPE_CHARACTERS;
  }

  #keepLastWords(): void {
    this.#child.stderr?.setEncoding('utf8');
    this.#child.stderr?.on('data', (words: string) => {
      this.#lastWords = (this.#lastWords + words).slice(-this.#bounds.stderrCharacters);
    });
  }

  async #awaitReady(): Promise<void> {
    const isReady = new Promise<'ready'>((resolve) => {
      this.#onReady = () => resolve('ready');
    });
    const silence = new AbortController();
    const silent = delay(this.#bounds.childStartMillis, 'silent' as const, { signal: silence.signal }).catch(
      () => 'silent' as const,
    );
    const end = await Promise.race([isReady, this.#end.gone.then(() => 'gone' as const), silent]);
    silence.abort();
    if (end === 'ready') {
      if (this.#line.length === 0) this.#keepParent(false);
      return;
    }
    await this.kill();
    // A machine short of processes says nothing against the way this one was to be held.
    if (systemCode(this.#spawnFault) === 'EAGAIN') throw this.#spawnFault;
    const words = complaint(this.#lastWords);
    throw new NotStarted(
      words === undefined ? said('error.notStarted') : said('text.asWritten', { text: words }),
      end === 'silent',
    );
  }
}

function publishSteps(steps: readonly EndedStep[]): void {
  for (const { step, engine, millis } of steps)
    diagnostics.stepEnded.publish({ step, millis, ...(engine && { engine }) });
}

/** bubblewrap outlives the process inside and ends with 128 and the number of its signal, as a shell does. */
function signalIn(exitCode: number | null): string | null {
  const number = (exitCode ?? 0) - 128;
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? null;
}

/** The line that says what was wrong, of a trace or of a wrapper's words. It had read no file yet: they are our own. */
function complaint(lastWords: string): string | undefined {
  const lines = lastWords.split('\n').map((line) => line.trim());
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.findLast((line) => line !== '');
}

/** Before the answer, and only of a file that is read alone. */
const isTold = (
  message: Message,
): message is Extract<Message, { concluded: unknown } | { manifestStore: unknown } | { part: unknown }> =>
  'concluded' in message || 'manifestStore' in message || 'part' in message;

/** What these bring is in base64, and checked piece by piece. */
const MEDIA_OUTPUTS: ReadonlySet<Task['output']> = new Set(['pictures', 'likeness', 'recode']);
