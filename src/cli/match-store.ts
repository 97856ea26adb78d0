import type { Io } from './io.js';
import type { Against } from './match-against.js';
export async function againstStore(_tenant: string, _env: Io['env']): Promise<Against> {
  throw new Error('not yet');
}
