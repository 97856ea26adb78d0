/** Reason why no PDF was made. `busy`: too many are being made, so a later retry may succeed. */
export type PdfFaultCode = 'pdf.busy' | 'pdf.failed';

export class PdfFault extends Error {
  override name = 'PdfFault';
  constructor(
    readonly code: PdfFaultCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
