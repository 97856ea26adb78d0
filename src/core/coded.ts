import { type MessageId, type Params, type Said, said } from '../say/said.js';

/** Why something was not looked at or could not be read: a code, and what goes into its text. */
export interface Coded {
  code?: string | undefined;
  params?: Params | undefined;
  /** Text that a version before 0.2 kept in its place. */
  reason?: string | undefined;
}

/** Undefined where nothing is wrong. A code of another version has no text: its id is shown in its place. */
export function faultSaid({ code, params, reason }: Coded): Said | undefined {
  if (reason !== undefined) return said('text.asWritten', { text: reason });
  return code === undefined
    ? undefined
    : { id: `fault.${code}` as MessageId, ...(params === undefined ? {} : { params }) };
}
