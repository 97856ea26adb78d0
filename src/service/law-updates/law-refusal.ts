import type { MessageId, Messages } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';

type Id = MessageId & `error.law.${string}`;

/** Reason why law was refused. The codes are stable, because operators' scripts depend on them. */
export type LawCode = Id extends `error.${infer Code}` ? Code : never;

type Given<C extends LawCode> = keyof Messages[`error.${C}`] extends never
  ? []
  : [params: Messages[`error.${C}`]];

/** Law that is refused or not available; the law in force stays. */
export class LawRefusal<C extends LawCode = LawCode> extends MessageError {
  override name = 'LawRefusal';
  constructor(
    readonly code: C,
    ...[params]: Given<C>
  ) {
    super({ id: `error.${code}`, ...(params === undefined ? {} : { params: { ...params } }) });
  }
}
