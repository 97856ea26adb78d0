import type { Kysely } from 'kysely';
import type { Flavour } from './flavour.js';

/** One step forwards; there is no way back. A landed one is never changed, only followed. */
export type Step = (query: Kysely<never>, flavour: Flavour) => Promise<void>;
