package io.inferwarden.app.failure;

import io.inferwarden.alerting.NewerFormatException;
import io.inferwarden.app.metrics.AppMetrics;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record of an internal topic that cannot be read is counted, logged with its place, and left
 * out. Inference events are read as bytes and never come here: they become dead letters. A record
 * of a newer release stops the instance: who leaves it out loses findings.
 */
public final class DropUnreadableRecord implements DeserializationExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DropUnreadableRecord.class);

  private @Nullable AppMetrics metrics;

  @Override
  public void configure(Map<String, ?> config) {
    metrics = CountErrors.metrics(config);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    if (metrics != null) {
      metrics.errors.labels("deserialization").inc();
    }
    if (NewerFormatException.within(exception) != null) {
      return Response.fail();
    }
    LOG.error(
        "Left out an unreadable record of {}/{} at offset {}: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        exception.toString());
    return Response.resume();
  }
}
