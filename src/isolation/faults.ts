import type { ReadFault } from '../core/evidence.js';

/** Why a reading process, or what it answered, was of no use. */
export type Death =
  | { cause: 'exit'; exitCode: number | null; signal: string | null; lastWords: string }
  | { cause: 'deadline'; millis: number }
  | { cause: 'budget'; millis: number }
  | { cause: 'memory'; bytes: number }
  | { cause: 'exception' }
  | { cause: 'bad-answer' }
  | { cause: 'answer-too-large' };

/** What V8, Node, Rust and C++ say last when memory is refused. */
const OUT_OF_MEMORY =
  /out of memory|allocation failed|failed to allocate|memory allocation of \d+ bytes failed|bad_alloc|cannot allocate memory/i;

const seconds = (millis: number) => {
  const count = Math.round(millis / 100) / 10;
  return `${count} ${count === 1 ? 'second' : 'seconds'}`;
};
const megabytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MB`;

/** The same death of the same file is told in the same words: no times measured, no paths, nothing the file said. */
export function faultOf(death: Death, memoryBytes: number): ReadFault {
  switch (death.cause) {
    case 'deadline':
      return {
        code: 'reader.deadline',
        reason: `Reading had not ended after ${seconds(death.millis)} and was stopped.`,
      };
    case 'budget':
      return {
        code: 'reader.budget',
        reason: `The time for this file, ${seconds(death.millis)}, was used up.`,
      };
    case 'memory':
      return memoryFault(death.bytes);
    case 'exception':
      return { code: 'reader.crashed', reason: 'Reading ended with an error that was not foreseen.' };
    case 'bad-answer':
      return {
        code: 'reader.crashed',
        reason: 'The reading process answered with something that is not a report.',
      };
    case 'answer-too-large':
      return {
        code: 'reader.crashed',
        reason: 'The reading process answered with more than a report may hold.',
      };
    case 'exit':
      return OUT_OF_MEMORY.test(death.lastWords)
        ? memoryFault(memoryBytes)
        : crashFault(death.exitCode, death.signal);
  }
}

function memoryFault(bytes: number): ReadFault {
  return {
    code: 'reader.memory',
    reason: `Reading needed more memory than the ${megabytes(bytes)} it may have.`,
  };
}

function crashFault(exitCode: number | null, signal: string | null): ReadFault {
  const how = signal === null ? `exit code ${exitCode ?? 'unknown'}` : `signal ${signal}`;
  return { code: 'reader.crashed', reason: `The reading process crashed (${how}).` };
}
