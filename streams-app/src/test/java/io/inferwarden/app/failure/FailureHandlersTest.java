package io.inferwarden.app.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.app.metrics.AppMetrics;
import io.prometheus.client.CollectorRegistry;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.SerializationExceptionOrigin;
import org.apache.kafka.streams.errors.internals.DefaultErrorHandlerContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class FailureHandlersTest {
  private static final ErrorHandlerContext WHERE =
      new DefaultErrorHandlerContext(
          null,
          "panes",
          2,
          99,
          new RecordHeaders(),
          "judge-models",
          new TaskId(1, 2),
          5,
          new byte[0],
          new byte[0]);
  private static final ProducerRecord<byte[], byte[]> OUT =
      new ProducerRecord<>("findings", new byte[0], new byte[0]);

  private final CollectorRegistry registry = new CollectorRegistry();
  private final Map<String, Object> config = Map.of(CountErrors.METRICS, new AppMetrics(registry));

  private double errors(String stage) {
    Double count =
        registry.getSampleValue(
            "inferwarden_errors_total", new String[] {"stage"}, new String[] {stage});
    return count == null ? 0 : count;
  }

  @Test
  void anUnreadableRecordIsCountedAndLeftOut() {
    DropUnreadableRecord handler = new DropUnreadableRecord();
    handler.configure(config);

    var response =
        handler.handleError(
            WHERE,
            new ConsumerRecord<>("panes", 2, 99, new byte[0], new byte[0]),
            new SerializationException("not a message"));

    assertThat(response.result()).isEqualTo(DeserializationExceptionHandler.Result.RESUME);
    assertThat(response.deadLetterQueueRecords()).isEmpty();
    assertThat(errors("deserialization")).isEqualTo(1);
  }

  @Test
  void aRecordOnWhichAStageFailsIsCountedAndLeftOut() {
    SkipFailedRecord handler = new SkipFailedRecord();
    handler.configure(config);

    var response =
        handler.handleError(
            WHERE, new Record<>("key", "value", 5), new IllegalStateException("planted"));

    assertThat(response.result()).isEqualTo(ProcessingExceptionHandler.Result.RESUME);
    assertThat(errors("processing")).isEqualTo(1);
  }

  @Test
  void aWriteThatMaySucceedLaterIsTriedAgain() {
    StopOnFailedProduction handler = new StopOnFailedProduction();
    handler.configure(config);

    var response = handler.handleError(WHERE, OUT, new TimeoutException("no leader"));

    assertThat(response.result()).isEqualTo(ProductionExceptionHandler.Result.RETRY);
    assertThat(errors("production")).isEqualTo(1);
  }

  @Test
  void aWriteThatCanNeverSucceedFailsTheTransaction() {
    StopOnFailedProduction handler = new StopOnFailedProduction();
    handler.configure(config);

    var tooLarge = handler.handleError(WHERE, OUT, new RecordTooLargeException("9 MB"));
    var unwritable =
        handler.handleSerializationError(
            WHERE, OUT, new SerializationException("planted"), SerializationExceptionOrigin.VALUE);

    assertThat(tooLarge.result()).isEqualTo(ProductionExceptionHandler.Result.FAIL);
    assertThat(unwritable.result()).isEqualTo(ProductionExceptionHandler.Result.FAIL);
    assertThat(errors("production")).isEqualTo(2);
  }

  @Test
  void aHandlerWithoutMetricsIsAMistakeThatShowsAtTheStart() {
    assertThatThrownBy(() -> new SkipFailedRecord().configure(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(CountErrors.METRICS + " must be set");
  }
}
