import type { MessageId, Messages } from '../say/said.js';
import { SaidError } from '../say/said-error.js';

type Id = MessageId & `error.law.${string}`;

/** Why law was not taken. A code stays what it means: scripts of operators go by it. */
export type LawCode = Id extends `error.${infer Code}` ? Code : never;

type Given<C extends LawCode> = keyof Messages[`error.${C}`] extends never
  ? []
  : [params: Messages[`error.${C}`]];

/** Law that is not taken, or cannot be had: what is in force stays. */
export class LawRefusal<C extends LawCode = LawCode> extends SaidError {
  override name = 'LawRefusal';
  constructor(
    readonly code: C,
    ...[params]: Given<C>
  ) {
    super({ id: `error.${code}`, ...(params === undefined ? {} : { params: { ...params } }) });
  }
}
