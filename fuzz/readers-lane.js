import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A mutant that is not read by then is an overrun: far past the 20 s of a file, as the machine may be busy. */
const PATIENCE_MILLIS = 60_000;
/** Memory is compared from here on: before, modules are still being loaded and functions compiled. */
const WARM_AFTER = 1_000;
const ENTRY = fileURLToPath(new URL('readers-child.js', import.meta.url));

/** Reads mutants in a child process that must not die: a death or an overrun is a finding, and it is started anew. */
export class ReadersLane {
  #entry;
  #options;
  #child;
  #waiting;
  #tally;
  #sinceStart = 0;

  /** `entry`: another program that is sent numbers and answers in the same way. */
  constructor(options, tally, entry = ENTRY) {
    this.#entry = entry;
    this.#options = options;
    this.#tally = tally;
  }

  async run(numbers) {
    for (const number of numbers) {
      if (this.#child === undefined) await this.#start();
      await this.#one(number);
      this.#sinceStart += 1;
      if (this.#sinceStart === WARM_AFTER) await this.#note('before');
      if (this.#sinceStart > WARM_AFTER && this.#sinceStart % WARM_AFTER === 0) await this.#note('after');
    }
  }

  async close() {
    if (this.#child === undefined) return;
    if (this.#sinceStart > WARM_AFTER) await this.#note('after');
    this.#child?.disconnect();
  }

  async #start() {
    const child = fork(this.#entry, [], {
      execArgv: ['--expose-gc', '--no-warnings'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let lastWords = '';
    child.stderr.on('data', (words) => {
      lastWords = (lastWords + words).slice(-2_000);
    });
    // A child that was given up may still have its last words: they are no answer to what another was asked.
    const answer = (message) => this.#child === child && this.#waiting?.(message);
    child.on('message', (message) => {
      if ('finding' in message) this.#tally.found(message.finding);
      else answer(message);
    });
    child.on('exit', (code, signal) => {
      answer({ death: `${signal ?? code}: ${lastWords}` });
      this.#leave(child);
    });
    // What could not be sent: it is ending, and its end is told above.
    child.on('error', () => undefined);
    this.#child = child;
    this.#sinceStart = 0;
    await this.#ask();
    await this.#ask({ open: this.#options });
  }

  async #one(number) {
    const answer = await this.#ask({ number });
    if ('done' in answer) return this.#tally.read(answer);
    this.#tally.found({
      number,
      kind: answer.death ? 'death' : 'overrun',
      detail: answer.death ?? `no answer within ${PATIENCE_MILLIS} ms: its process was killed`,
    });
  }

  async #note(when) {
    const { memory } = await this.#ask({ memory: true });
    if (memory) this.#tally.memory(when, memory);
  }

  /** The next one is started anew. */
  #leave(child) {
    if (this.#child === child) this.#child = undefined;
  }

  /** Without a message: what it says first, that it listens. */
  #ask(message) {
    const child = this.#child;
    if (child === undefined) return Promise.resolve({ death: 'it ended as it began' });
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting = undefined;
        this.#leave(child);
        child.kill('SIGKILL');
        resolve({ overrun: true });
      }, PATIENCE_MILLIS);
      this.#waiting = (answer) => {
        clearTimeout(timer);
        this.#waiting = undefined;
        resolve(answer);
      };
      if (message) child.send(message);
    });
  }
}
