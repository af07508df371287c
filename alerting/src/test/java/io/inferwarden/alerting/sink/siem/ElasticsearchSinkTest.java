package io.inferwarden.alerting.sink.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.sink.HttpSinkContract;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.Json;
import io.inferwarden.alerting.sink.Receiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a local server that answers {@code _bulk} as the documentation of Elasticsearch says. */
class ElasticsearchSinkTest extends HttpSinkContract {
  private static final String API_KEY =
      "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==";
  private static final String STREAM = "logs-inferwarden.alerts-default";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** What the documentation says of the length of an {@code _id}. */
  private static final int MOST_ID_BYTES = 512;

  private final Set<String> ids = new HashSet<>();

  @Override
  protected IncidentSink sink(URI address, HttpTransport transport) {
    return new ElasticsearchSink(
        new ElasticsearchSink.Settings(
            "elastic", address, DataStream.DEFAULT, AccessToken.parse(API_KEY), TIMEOUT),
        transport);
  }

  @Override
  protected String keyOf(Receiver.Request request) {
    return action(request).path("_id").asText();
  }

  @Override
  protected List<String> secrets() {
    return List.of(API_KEY);
  }

  /** Takes a document once; refuses what is no request to create one in a data stream. */
  @Override
  protected Receiver.Answer success(Receiver.Request request) {
    if (!request.header("authorization").equals("ApiKey " + API_KEY)) {
      return Receiver.Answer.of(401, "{\"error\":{\"type\":\"security_exception\"}}");
    }
    if (!request.body().endsWith("\n") || !request.target().getPath().endsWith("/_bulk")) {
      return Receiver.Answer.of(400, "{\"error\":{\"type\":\"illegal_argument_exception\"}}");
    }
    String id = keyOf(request);
    if (id.getBytes(StandardCharsets.UTF_8).length > MOST_ID_BYTES) {
      return item(400, "illegal_argument_exception");
    }
    if (document(request).path("@timestamp").isMissingNode()) {
      return item(400, "document_parsing_exception");
    }
    return ids.add(id) ? item(201, "") : item(409, "version_conflict_engine_exception");
  }

  @Override
  protected void checkFormat(Receiver.Request request) {
    assertThat(request.header("content-type")).isEqualTo("application/x-ndjson");
    assertThat(request.body().lines()).hasSize(2);
    assertThat(action(request).path("_index").asText()).isEqualTo(STREAM);
    JsonNode document = document(request);
    assertThat(document.at("/ecs/version").asText()).isEqualTo("9.4.0");
    assertThat(document.at("/event/id").asText()).isEqualTo(keyOf(request));
    assertThat(document.at("/data_stream/dataset").asText()).isEqualTo("inferwarden.alerts");
  }

  @Test
  void asksThePathOfBulkBelowTheAddress() throws Exception {
    sink().deliver(Samples.drift());

    assertThat(receiver.last().target().getPath())
        .isEqualTo(receiver.address().getPath() + "/_bulk");
  }

  @Test
  void aDocumentThatIsThereAlreadyIsDelivered() throws Exception {
    IncidentSink sink = sink();

    sink.deliver(Samples.drift());
    sink.deliver(Samples.drift());

    assertThat(ids).hasSize(1);
    assertThat(receiver.requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "429, es_rejected_execution_exception, true",
    "429, circuit_breaking_exception, true",
    "503, unavailable_shards_exception, true",
    "500, i_o_exception, true",
    "403, cluster_block_exception, true",
    "400, document_parsing_exception, false",
    "400, mapper_parsing_exception, false",
    "404, index_not_found_exception, false",
    "403, security_exception, false"
  })
  void readsWhatBecameOfTheDocument(int status, String type, boolean isRetryable) {
    receiver.answer(item(status, type));

    DeliveryException failure = failureOf(sink());

    assertThat(failure.isRetryable()).isEqualTo(isRetryable);
    assertThat(failure).hasMessage("elasticsearch: item " + status + " " + type);
  }

  @Test
  void waitsAsLongAsAnOverloadedNodeAsks() {
    Receiver.Answer full = item(429, "es_rejected_execution_exception");
    receiver.answer(
        new Receiver.Answer(200, Map.of("retry-after", "9"), full.body(), false, false));

    assertThat(failureOf(sink()).retryAfter()).contains(Duration.ofSeconds(9));
  }

  @Test
  void anErrorNeverQuotesTheDocument() {
    receiver.answer(item(400, "failed to parse [" + API_KEY + "]"));

    assertThat(failureOf(sink())).hasMessage("elasticsearch: item 400 of unknown type");
  }

  @ParameterizedTest
  @CsvSource({"<html>, not JSON", "{\"items\":[]}, none to a bulk request", "[], not JSON"})
  void anAnswerOfSomethingElseIsNoDelivery(String body, String words) {
    receiver.answer(Receiver.Answer.of(200, body));

    DeliveryException failure = failureOf(sink());

    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageContaining(words);
  }

  @Test
  void theLargestIncidentIsShortened() throws Exception {
    sink().deliver(Samples.monstrous());

    checkFormat(receiver.last());
  }

  @Test
  void refusesAnAddressBehindWhichNoPathCanBePut() {
    URI url = URI.create("https://es.example:9200/?pretty");

    assertThatThrownBy(
            () -> new ElasticsearchSink.Settings("a", url, DataStream.DEFAULT, null, TIMEOUT))
        .hasMessage("url of a must have no query and no fragment");
  }

  private static Receiver.Answer item(int status, String errorType) {
    String error =
        errorType.isEmpty()
            ? ""
            : ",\"error\":{\"type\":\"%s\",\"reason\":\"because\"}".formatted(errorType);
    return Receiver.Answer.of(
        200,
        "{\"took\":3,\"errors\":%s,\"items\":[{\"create\":{\"_index\":\".ds-%s-000001\",\"status\":%d%s}}]}"
            .formatted(status >= 300, STREAM, status, error));
  }

  private static JsonNode action(Receiver.Request request) {
    JsonNode action = Json.parse(request.body().lines().findFirst().orElseThrow());
    assertThat(action.properties()).as("data streams take create only").hasSize(1);
    return action.path("create");
  }

  private static JsonNode document(Receiver.Request request) {
    return Json.parse(request.body().lines().skip(1).findFirst().orElseThrow());
  }
}
