import { MessageError } from '../../i18n/message-error.js';
import { faultMessage, type ReadFault } from '../fault.js';

/** Reason why an address gave no usable response. */
export class FetchFault extends MessageError {
  override name = 'FetchFault';
  constructor(
    readonly fault: ReadFault,
    options?: ErrorOptions,
  ) {
    super(faultMessage(fault), options);
  }

  get code(): string {
    return this.fault.code;
  }
}
