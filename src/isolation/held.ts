import type { IsolationLevel, IsolationReason } from '../core/ground/isolation-level.js';
import type { Said } from '../say/said.js';

/** How well the reading processes are held, for whoever runs this. */
export interface Held {
  level: IsolationLevel;
  said: Said;
  /** Why there is no sandbox, where there is none. */
  because?: IsolationReason;
  /** What a stricter machine would add. */
  lost?: Said;
  remedy?: Said;
}
