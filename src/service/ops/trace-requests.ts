import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const spans = new WeakMap<FastifyRequest, Span>();

/**
 * Creates one span per request, from its headers to the last byte of the response. It contains the route's pattern,
 * never the URL. `trusted`: addresses whose `traceparent` is accepted as parent.
 */
export function traceRequests(app: FastifyInstance, trusted: (address: string) => boolean): void {
  const tracer = trace.getTracer('assay');
  app.addHook('onRequest', (request, _reply, done) => {
    const { method, routeOptions, headers } = request;
    const route = routeOptions.url ?? 'unknown';
    const known = trusted(request.socket.remoteAddress ?? '');
    const caller = known ? propagation.extract(context.active(), headers) : context.active();
    const span = tracer.startSpan(
      `${method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: { 'http.request.method': method, 'http.route': route, 'assay.request_id': request.id },
      },
      caller,
    );
    spans.set(request, span);
    // All following handlers run within the span.
    context.with(trace.setSpan(caller, span), done);
  });
  app.addHook('onResponse', async (request, { statusCode }) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
  // The client disconnected before the response was complete.
  app.addHook('onRequestAbort', async (request) => {
    const span = spans.get(request);
    span?.setAttribute('assay.aborted', true);
    span?.end();
  });
}
