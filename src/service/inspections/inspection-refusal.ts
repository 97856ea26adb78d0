import type { Message } from '../../i18n/message.js';

/**
 * Why there is no answer. `asset-gone`: the file is needed and no longer stored, or may not be read. `not-finished`: the
 * inspection to be repeated has no answer yet. `inspection-failed`: a fault of the service, never of the file.
 */
export type InspectionRefusalCode = 'asset-gone' | 'not-finished' | 'inspection-failed';

export class InspectionRefusal extends Error {
  override name = 'InspectionRefusal';

  constructor(
    readonly code: InspectionRefusalCode,
    options: { detail?: Message; cause?: unknown } = {},
  ) {
    super(code, { cause: options.cause });
    this.detail = options.detail;
  }

  readonly detail: Message | undefined;
}
