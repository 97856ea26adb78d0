import { type Attributes, type Span, SpanStatusCode, trace } from '@opentelemetry/api';

/**
 * Attributes are names of closed lists, counts and Assay's own ids, never anything chosen by clients or files. Without
 * configuration the API does nothing.
 */
const getTracer = () => trace.getTracer('assay');

/** Runs work within a child span of the current one. A rejection is recorded by its code, never by its text. */
export async function runInSpan<T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return getTracer().startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: errorCodeOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

const CODE_PATTERN = /^[A-Za-z][\w.-]{0,63}$/;

function errorCodeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return CODE_PATTERN.test(code) ? code : 'error';
}
