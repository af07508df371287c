package io.inferwarden.app.failure;

import io.inferwarden.app.metrics.AppMetrics;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What cannot be written is tried again where that can help; else the transaction fails, since
 * state without its changelog or a finding that is lost would break the promise of exactly once.
 */
public final class StopOnFailedProduction implements ProductionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(StopOnFailedProduction.class);

  private @Nullable AppMetrics metrics;

  @Override
  public void configure(Map<String, ?> config) {
    metrics = CountErrors.metrics(config);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    return answer(record.topic(), exception);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Response handleSerializationError(
      ErrorHandlerContext context,
      ProducerRecord record,
      Exception exception,
      SerializationExceptionOrigin origin) {
    return answer(record.topic(), exception);
  }

  private Response answer(String topic, Exception exception) {
    LOG.error("Could not write to {}", topic, exception);
    if (metrics != null) {
      metrics.errors.labels("production").inc();
    }
    return exception instanceof RetriableException ? Response.retry() : Response.fail();
  }
}
