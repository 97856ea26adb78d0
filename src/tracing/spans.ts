import { type Attributes, type Span, SpanStatusCode, trace } from '@opentelemetry/api';

/**
 * Names of closed lists, counts and ids of ours: nothing that a client or a file can choose, no names, no addresses.
 * Where nothing is configured the API does nothing.
 */
const tracer = () => trace.getTracer('assay');

/** What runs inside, as a span under the one that is under way. A rejection is told by its code, never by its words. */
export async function inSpan<T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return tracer().startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: codeOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

const CODE = /^[A-Za-z][\w.-]{0,63}$/;

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return CODE.test(code) ? code : 'error';
}
