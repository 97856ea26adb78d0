import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A mutant not read by then counts as an overrun: far beyond the 20 s of a file, because the machine may be busy. */
const PATIENCE_MILLIS = 60_000;
/** Memory is compared from this input on; before, modules are still loaded and functions compiled. */
const WARM_AFTER = 1_000;
const ENTRY = fileURLToPath(new URL('readers-child.js', import.meta.url));

/** Reads mutants in a child process that must not die: a crash or an overrun is a finding, and the child is restarted. */
export class ReadersLane {
  #entry;
  #options;
  #child;
  #waiting;
  #tally;
  #sinceStart = 0;

  /** `entry`: another program that receives numbers and answers in the same way. */
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
    // Messages of an abandoned child are ignored: they do not answer the request to its successor.
    const answer = (message) => this.#child === child && this.#waiting?.(message);
    child.on('message', (message) => {
      if ('finding' in message) this.#tally.found(message.finding);
      else answer(message);
    });
    child.on('exit', (code, signal) => {
      answer({ death: `${signal ?? code}: ${lastWords}` });
      this.#leave(child);
    });
    // A message that cannot be sent means that the child is ending, which is reported above.
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

  /** The next request starts a new child. */
  #leave(child) {
    if (this.#child === child) this.#child = undefined;
  }

  /** Without a message: waits for the child's first message, that it is listening. */
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
