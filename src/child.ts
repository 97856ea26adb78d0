import { recordMaker } from './isolation/record-maker.js';
import './isolation/child.js';

/** The program of a reading process: what reads, and what makes records of scans, which `isolation` knows nothing of. */
recordMaker.load = async () => (await import('./scan/bare.js')).bareOf;
