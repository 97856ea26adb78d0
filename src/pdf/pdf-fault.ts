/** Why no PDF came out. `busy`: too many are being made; asking again later helps. */
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
