import { MemoryStore } from '../../src/store/memory.js';
import { describeStore } from '../contracts/store.js';

describeStore('MemoryStore', async (keep) => new MemoryStore(keep));
