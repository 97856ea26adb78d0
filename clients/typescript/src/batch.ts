import { isBroken } from './again.js';
import type { Batch, Inspection } from './api.js';
import type { Caller } from './calls.js';
import { pause } from './pause.js';

/** Consecutive interruptions without a new line. */
const MOST_CUTS = 5;

/**
 * Yields the inspections of a batch in the order of its items, with their Reports, as they arrive. An interrupted
 * stream is resumed after the last item. Returns the batch itself, which is the last line.
 */
export async function* batchResults(
  client: Caller,
  id: string,
  signal?: AbortSignal,
): AsyncGenerator<Inspection, Batch> {
  let after: number | undefined;
  for (let cuts = 0; ; cuts += 1) {
    try {
      const query = after === undefined ? {} : { after };
      const response = await client.open('getBatchResults', { path: { id }, query }, signal);
      for await (const line of linesOf(response)) {
        const one = JSON.parse(line) as Batch | Inspection;
        if (one.schema === 'assay.batch/1') return one as Batch;
        const inspection = one as Inspection;
        after = inspection.batchItem ?? after;
        cuts = 0;
        yield inspection;
      }
    } catch (error) {
      if (!isBroken(error) || signal?.aborted) throw error;
    }
    if (cuts >= MOST_CUTS) throw new Error('the results were cut again and again');
    await pause(cuts, signal);
  }
}

/** A last line without a line end was cut. */
async function* linesOf(response: Response): AsyncGenerator<string> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let rest = ''; ; ) {
      const { value, done } = await reader.read();
      if (done) return;
      const lines = (rest + value).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
