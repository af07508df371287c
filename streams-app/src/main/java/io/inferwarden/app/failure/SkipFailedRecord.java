package io.inferwarden.app.failure;

import io.inferwarden.app.metrics.AppMetrics;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record on which a stage fails is counted, logged with its place, and left out; the others go
 * on.
 */
public final class SkipFailedRecord implements ProcessingExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SkipFailedRecord.class);

  private @Nullable AppMetrics metrics;

  @Override
  public void configure(Map<String, ?> config) {
    metrics = CountErrors.metrics(config);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    LOG.error(
        "Stage {} failed on the record of {}/{} at offset {}, which is left out",
        context.processorNodeId(),
        context.topic(),
        context.partition(),
        context.offset(),
        exception);
    if (metrics != null) {
      metrics.errors.labels("processing").inc();
    }
    return Response.resume();
  }
}
