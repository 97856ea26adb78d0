import { AsyncResource } from 'node:async_hooks';
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { ReadFault } from '../../base/fault.js';
import { openUnlinkedCopy } from '../../base/files/anonymous-file.js';
import type { IsolationLevel } from '../../base/isolation-level.js';
import type { CodeCacheState } from '../../base/process/v8-cache.js';
import type { ReadingStep } from '../../core/report/analyze-options.js';
import { message } from '../../i18n/message.js';
import { diagnostics } from '../protocol/diagnostics.js';
import type { IsolationLimits } from '../protocol/isolation-limits.js';
import { NotStartedError } from '../protocol/not-started.js';
import { faultForFailure, type ProcessFailure } from '../protocol/process-faults.js';
import { type EndedStep, ProgressFile } from '../protocol/progress-file.js';
import {
  CHANNEL_FD,
  type PackTask,
  type ProcessSettings,
  parseReaderMessage,
  type ReaderMessage,
  systemErrorCode,
  type Task,
  type TaskError,
} from '../protocol/protocol.js';
import type { TenantKey } from '../protocol/tenant.js';
import { createChildEnvironment } from '../sandbox/child-environment.js';
import type { ProcessCommand } from '../sandbox/confinement.js';
import type { FileView, JobPaths, VisiblePaths } from '../sandbox/file-view.js';
import { withoutInherited } from '../sandbox/inherited-descriptors.js';
import { FILTER_FD } from '../sandbox/sandbox.js';
import { readLines } from './lines.js';
import { MemoryWatcher, readResidentBytes } from './memory-watch.js';
import { PackMemory } from './pack-memory.js';
import { PackWatcher } from './pack-watch.js';
import { ProcessEnd } from './process-end.js';
import { ProgressWatcher } from './progress-watch.js';

/** Outcome of one attempt at one file. */
export type AttemptEnd =
  /** Contains only the attachments if a `concluded` message came before. */
  | { end: 'report'; report: unknown }
  | { end: 'error'; error: TaskError; suspect: ReadingStep | undefined }
  | {
      end: 'death';
      fault: ReadFault;
      suspect: ReadingStep | undefined;
      /**
       * The process died of another file or was ended for another reason: this file may be read as if it had not been
       * tried.
       */
      isUnblamed?: true;
    };

/** Whether the output of an ended process is reliable: `doubted` if it faulted at any time. */
export type OutputFate = 'stands' | 'doubted';

export interface AttemptTime {
  /** Remaining time of the file. */
  leftMillis: number;
  stepMillis: number;
  /** Total time of the file, for messages. */
  taskMillis: number;
}

interface Attempt {
  task: Task;
  time: AttemptTime;
  askedAt: number;
  /** Set when the attempt becomes the first in the line and its time starts. */
  running?: { begunAt: number; budget: NodeJS.Timeout; steps: ProgressWatcher };
  onFirst: (waitedMillis: number) => void;
  /** Cleared when it is called. */
  onConcluded?: ((observed: unknown) => void) | undefined;
  onManifestStore?: ((store: unknown) => void) | undefined;
  onPart?: ((part: unknown) => void) | undefined;
  /** Bytes received so far, without pictures and manifest stores. */
  answeredBytes: number;
  /** Set if the cause is known by other means than the exit. */
  suspect?: ReadingStep | undefined;
  resolve(end: AttemptEnd): void;
  /** Async context of the caller, so that callbacks are attributed to its file. */
  context: AsyncResource;
}

export interface AttemptCallbacks {
  /** Called when the files before it have been read, with the duration, which does not count as this file's time. */
  onFirst?(waitedMillis: number): void;
  /**
   * Called at most once before the end, with the conclusion of the process; if absent, the process must not send one
   * early.
   */
  onConcluded?: ((observed: unknown) => void) | undefined;
  /** Called at most once before the end, with the manifest store as sent by the process. */
  onManifestStore?: ((store: unknown) => void) | undefined;
  /** Called any number of times before the end, with the Observation of a part. */
  onPart?: ((part: unknown) => void) | undefined;
}

/** Answer of a process for one file of a pack. */
export type PackAnswer = Extract<
  ReaderMessage,
  { record: unknown } | { report: unknown } | { error: TaskError }
>;

/** Small files read together, until each is answered or the process has ended. */
export interface PackAttempt {
  task: PackTask;
  /** Times of the file that may take longest. */
  time: Omit<AttemptTime, 'leftMillis'>;
  /** Called at most once per file, with its index in the pack. */
  onAnswer(at: number, answer: PackAnswer): void;
  /** Called once; `fault` is set if the process ended before all files were answered. */
  onEnd(fault: ReadFault | undefined): void;
}

interface RunningPack extends PackAttempt {
  left: Set<number>;
  watch: PackWatcher;
}

/** Factor on the limit of one process: libraries shared by two are counted twice. */
const TOTAL_MEMORY_FACTOR = 1.5;

/** Room for the message around a Report. */
const ENVELOPE_CHARACTERS = 1_024;

/**
 * Child process that reads files one after the other until it dies or is ended. It is bounded but never trusted. A file
 * may be sent while another is read; the process continues with it at once.
 */
export class ReadingProcess {
  /** Rejects with `NotStartedError` if the process dies or stays silent before it is ready. */
  readonly ready: Promise<void>;
  filesTaken = 0;
  readonly level: IsolationLevel;
  /** The process sees only the files chosen at its start. */
  readonly isRestricted: boolean;
  /** Total working time. */
  busyMillis = 0;
  /** Whether the process runs code that V8 compiled earlier; known once it is ready. */
  code: CodeCacheState | undefined;
  /** Tenant whose files it reads; `undefined` until it has read one. */
  tenant: TenantKey | undefined;

  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #bounds: IsolationLimits;
  readonly #memoryBytes: number;
  readonly #end: ProcessEnd;
  readonly #view: FileView;
  readonly #slate = new ProgressFile();
  /** Memory for packs; `undefined` if the process is given none. */
  readonly #packMemory: PackMemory | undefined;
  /** Packs sent, in order. */
  readonly #packs: RunningPack[] = [];
  #memoryWatch: MemoryWatcher | undefined;
  /** Attempts in order; the first is being read. */
  readonly #line: Attempt[] = [];
  /** Attempt whose file it died of; `undefined` if it was ended for another reason. */
  #blamed: Attempt | undefined;
  #endedFor: ProcessFailure | undefined;
  #alive = true;
  #faulted = false;
  /** Callbacks waiting for the fate of its output. */
  #told: ((fate: OutputFate) => void)[] = [];
  #packsBegun = 0;
  #keepsParent = true;
  #taught = false;
  #lastWords = '';
  #spawnFault: Error | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #onReady: () => void = () => {};

  constructor(command: ProcessCommand, memoryBytes: number, view: FileView, bounds: IsolationLimits) {
    const { file, args, limitsMemory, level, filter, temporary } = command;
    this.#bounds = bounds;
    this.#memoryBytes = memoryBytes;
    this.#view = view;
    this.level = level;
    this.isRestricted = command.isRestricted;
    this.#packMemory = command.packs ? PackMemory.make() : undefined;
    // A stream ends only when this process is idle again, which may take long while it loads other modules.
    const filterFile = filter && openUnlinkedCopy('filter', filter.bytes);
    const streamed = filterFile === undefined && filter?.as === 'stream' ? filter.bytes : undefined;
    // Uses a process group of its own, so that the kill reaches all descendants.
    this.#child = spawn(file, args, {
      cwd: '/',
      env: createChildEnvironment(temporary),
      detached: true,
      // Descriptors 3 to 6: channel, filter, progress file and pack memory.
      stdio: withoutInherited([
        ...(['ignore', 'ignore', 'pipe', 'pipe'] as const),
        streamed === undefined ? (filterFile ?? 'ignore') : 'pipe',
        this.#slate.fd ?? 'ignore',
        this.#packMemory?.fd ?? 'ignore',
      ]),
    });
    if (filterFile !== undefined) closeSync(filterFile);
    // The exit, or the missing ready message, reports the failure.
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
    // One handler for all attempts: a handler for each would retain its Report for the life of the process.
    void this.#end.gone.then(() => {
      this.#leave();
      for (const attempt of [...this.#line]) this.#settleDeath(attempt);
      for (const pack of [...this.#packs])
        this.#settlePack(pack, faultForFailure(this.#death(), this.#memoryBytes));
      // A process that cannot end, on a disk that does not respond, is not awaited.
      this.#keepParent(false);
    });
    this.ready = this.#awaitReady();
    const { pid } = this.#child;
    if (pid === undefined) return;
    const tooMuch = () => this.#endFor({ cause: 'memory', bytes: memoryBytes });
    if (!limitsMemory) {
      this.#memoryWatch = new MemoryWatcher(pid, memoryBytes, bounds.memoryWatchMillis, tooMuch);
    } else if (level === 'sandbox') {
      // The kernel limits each process and not the memory of several together.
      const most = memoryBytes * TOTAL_MEMORY_FACTOR;
      this.#memoryWatch = new MemoryWatcher(pid, most, bounds.togetherWatchMillis, tooMuch);
    }
  }

  get alive(): boolean {
    return this.#alive && this.#endedFor === undefined;
  }

  /** Ends a process that misbehaved; its earlier output becomes doubtful. */
  async endFaulty(): Promise<void> {
    this.#faulted = true;
    this.#tellFate();
    await this.kill();
  }

  /** Calls back once with the fate of the output: when the process has ended, or as soon as it has faulted. */
  onEnd(tell: (fate: OutputFate) => void): void {
    this.#told.push(tell);
    if (this.#faulted || !this.#alive) this.#tellFate();
  }

  #tellFate(): void {
    for (const tell of this.#told.splice(0)) tell(this.#faulted ? 'doubted' : 'stands');
  }

  /** Resident bytes of the process and all its descendants; 0 if unknown. */
  get residentBytes(): number {
    return this.#child.pid === undefined ? 0 : readResidentBytes(this.#child.pid);
  }

  /** Sends the settings once, before the first task. */
  configure(settings: ProcessSettings): void {
    if (this.#taught || !this.alive) return;
    this.#taught = true;
    this.#channel.write(`${JSON.stringify(settings)}\n`);
  }

  /** Makes the files visible to the process and returns their paths there. Rejects with the system's error. */
  show(files: JobPaths): Promise<VisiblePaths> {
    return this.#view.show(files);
  }

  /**
   * Never rejects. Ends within the given time, counted from when the file is the first in the line, whatever the
   * process does.
   */
  attempt(task: Task, time: AttemptTime, more: AttemptCallbacks = {}): Promise<AttemptEnd> {
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
        // In Node 20, `AsyncLocalStorage.snapshot` binds the function with a deprecation notice, which takes ten times
        // as long.
        context: new AsyncResource('assay.attempt'),
      };
      this.#line.push(attempt);
      if (this.#line[0] === attempt) this.#begin(attempt);
      if (this.alive) this.#channel.write(`${JSON.stringify(task)}\n`);
      if (!this.#alive) queueMicrotask(() => this.#settleDeath(attempt));
    });
  }

  /** Whether the process can be given packs. */
  get takesPacks(): boolean {
    return this.alive && this.#packMemory !== undefined;
  }

  /**
   * Sends a pack: writes the used bytes of `bytes` to the shared memory at `task.place`, where no pack in progress may
   * be. A process that is given packs is given nothing else. Throws the system's error if there is no room.
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
      watch: new PackWatcher({
        ...time,
        look: (lane) => this.#slate.readOpenSteps(task.pack, lane, task.items.length),
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
      queueMicrotask(() => this.#settlePack(pack, faultForFailure(this.#death(), this.#memoryBytes)));
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

  /** Returns `undefined` if the task was not requested. */
  #packOf(task: number): RunningPack | undefined {
    return this.#packs.find(({ task: { pack }, left }) => left.has(task - pack));
  }

  #takePack(message: PackAnswer, characters: number): void {
    // The process never sends a record this long; the limit on records with added texts relies on it.
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
    pack.watch.noteAnswer();
    if ('steps' in message) publishSteps(message.steps);
    pack.onAnswer(at, message);
    if (pack.left.size === 0) this.#settlePack(pack, undefined);
  }

  /** An idle process must not keep a parent alive that uses Assay as a library. */
  #keepParent(keep: boolean): void {
    if (keep === this.#keepsParent) return;
    this.#keepsParent = keep;
    const streams = this.#child.stdio.filter((one): one is Socket => one instanceof Socket && !one.destroyed);
    for (const one of [this.#child, ...streams]) {
      if (keep) one.ref();
      else one.unref();
    }
  }

  /** Delayed in case the next file comes at once: releasing and re-acquiring takes longer than checking a file. */
  #letParentEnd(): void {
    setImmediate(() => {
      // A caller that ends the process waits for its end.
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
      steps: new ProgressWatcher(
        time.stepMillis,
        () => this.#slate.readOpenSteps(task.task),
        (step) => this.#endFor({ cause: 'deadline', millis: time.stepMillis }, step),
      ),
    };
    attempt.onFirst(begunAt - askedAt);
  }

  /** Settles immediately and not when the caller resumes: the next answer may already have arrived. */
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
    this.#view.release(attempt.task.path);
    const [next] = this.#line;
    if (next !== undefined && next.running === undefined && this.alive) this.#begin(next);
    if (next === undefined) this.#letParentEnd();
    attempt.resolve(end);
  }

  /** Calls back once, after this idle time. */
  onIdle(millis: number, callback: () => void): void {
    this.#idleTimer = setTimeout(callback, millis);
    this.#idleTimer.unref();
  }

  /** Ends the process and its descendants, blaming no file; resolves when it is gone or the grace period is over. */
  async kill(): Promise<void> {
    clearTimeout(this.#idleTimer);
    this.#keepParent(true);
    this.#endedFor ??= { cause: 'bad-answer' };
    this.#killGroup();
    await this.#end.gone;
  }

  #endFor(death: ProcessFailure, suspect?: ReadingStep): void {
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
      // No process of the group is left.
    }
    this.#end.killed();
  }

  #leave(): void {
    this.#alive = false;
    this.#memoryWatch?.stop();
    this.#view.remove();
    if (this.#endedFor === undefined) {
      // The process ended by itself or was killed from outside.
      this.#faulted = true;
      this.#blamed = this.#line[0];
    }
    const { steps } = this.#blamed?.running ?? {};
    if (this.#blamed !== undefined) this.#blamed.suspect ??= steps?.suspect();
    this.#slate.close();
    this.#packMemory?.close();
    this.#tellFate();
  }

  #death(): ProcessFailure {
    const { exitCode, signalCode } = this.#child;
    const signal = signalCode ?? (this.level === 'sandbox' ? signalOfExitCode(exitCode) : null);
    return this.#endedFor ?? { cause: 'exit', exitCode, signal, lastOutput: this.#lastWords };
  }

  #settleDeath(attempt: Attempt): void {
    this.#settle(attempt, {
      end: 'death',
      fault: faultForFailure(this.#death(), this.#memoryBytes),
      suspect: attempt.suspect,
      ...(attempt !== this.#blamed && { isUnblamed: true }),
    });
  }

  #openChannel(): Duplex {
    // Without a free descriptor there is no stdio at all, despite the types.
    const channel = (this.#child.stdio as ChildProcess['stdio'] | undefined)?.[CHANNEL_FD];
    if (!(channel instanceof Duplex)) throw new Error('no process or descriptor is to be had');
    // Writing to a process that has just died is no error here; its exit is handled.
    channel.on('error', () => {});
    readLines(
      channel,
      { characters: () => this.#mostCharacters(), values: this.#bounds.answerValues },
      (line) => this.#take(parseReaderMessage(line), line),
      () => this.#endFor({ cause: 'answer-too-large' }),
    );
    return channel;
  }

  /** Returns the maximum length of the next message. */
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

  #take(message: ReaderMessage | undefined, line: string): void {
    const [attempt] = this.#line;
    if (this.#endedFor !== undefined) return;
    if (message !== undefined && this.#isTooMuch(message, line, attempt)) {
      this.#endFor({ cause: 'answer-too-large' });
      return;
    }
    if (message !== undefined && 'ready' in message) {
      this.code = message.code;
      this.#onReady();
    } else if (this.#packs.length > 0 && message !== undefined && !isEarlyMessage(message)) {
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

  /** Counts all messages about one file together. */
  #isTooMuch(message: ReaderMessage, line: string, attempt: Attempt | undefined): boolean {
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
    // A machine short of processes is no evidence against the confinement.
    if (systemErrorCode(this.#spawnFault) === 'EAGAIN') throw this.#spawnFault;
    const words = findErrorLine(this.#lastWords);
    throw new NotStartedError(
      words === undefined ? message('error.notStarted') : message('text.asWritten', { text: words }),
      end === 'silent',
    );
  }
}

function publishSteps(steps: readonly EndedStep[]): void {
  for (const { step, engine, millis } of steps)
    diagnostics.stepEnded.publish({ step, millis, ...(engine && { engine }) });
}

/** bubblewrap outlives the process inside and exits with 128 plus the signal number, as a shell does. */
function signalOfExitCode(exitCode: number | null): string | null {
  const number = (exitCode ?? 0) - 128;
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? null;
}

/**
 * Returns the line that states the error, from a stack trace or a wrapper's output. The process had read no file yet,
 * so the text can be trusted.
 */
function findErrorLine(lastWords: string): string | undefined {
  const lines = lastWords.split('\n').map((line) => line.trim());
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.findLast((line) => line !== '');
}

/** Messages that precede the answer, only for files that are read individually. */
const isEarlyMessage = (
  message: ReaderMessage,
): message is Extract<
  ReaderMessage,
  { concluded: unknown } | { manifestStore: unknown } | { part: unknown }
> => 'concluded' in message || 'manifestStore' in message || 'part' in message;

/** Outputs in base64, checked piece by piece. */
const MEDIA_OUTPUTS: ReadonlySet<Task['output']> = new Set(['pictures', 'fingerprint', 'recode']);
