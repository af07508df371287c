package io.inferwarden.ingest.source.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.envoy.EnvoyField;
import io.inferwarden.ingest.source.envoy.EnvoyFieldMap;
import io.inferwarden.ingest.source.envoy.EnvoySource;
import io.inferwarden.ingest.source.kserve.KServeSettings;
import io.inferwarden.ingest.source.kserve.KServeSource;
import io.inferwarden.ingest.source.litellm.LiteLlmSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages in docs/connect show is what the sources read. */
class ConnectPagesTest {
  private static final Path PAGES = Path.of("..", "docs", "connect");
  private static final Pattern JSON_BLOCK = Pattern.compile("(?ms)^```json\\n(.*?)^```");

  @ParameterizedTest
  @ValueSource(strings = {"kserve", "litellm", "envoy"})
  void everyJsonBlockGivesEventsThatAreTaken(String name) throws Exception {
    EventSource source = source(name);
    Matcher blocks = JSON_BLOCK.matcher(page(name));
    int count = 0;

    while (blocks.find()) {
      RecordedOutcomes outcomes = new RecordedOutcomes();
      source.read(payload(blocks.group(1)), outcomes);
      assertThat(outcomes.count("event")).as(blocks.group(1)).isPositive();
      assertThat(outcomes.count("rejected") + outcomes.count("skipped")).isZero();
      for (JsonNode outcome : outcomes.list()) {
        assertThat(outcome.path("parser").asText("ok")).as(outcome.toString()).isEqualTo("ok");
      }
      count++;
    }

    assertThat(count).isGreaterThanOrEqualTo(2);
  }

  @Test
  void thePageOfEnvoyNamesEveryFieldAndEveryNameThatIsTried() throws IOException {
    String page = page("envoy");

    for (EnvoyField field : EnvoyField.values()) {
      assertThat(page).contains("`" + field.code() + "`");
      boolean isLikeInputTokens = field == EnvoyField.OUTPUT_TOKENS;
      for (String name : isLikeInputTokens ? List.<String>of() : field.usualNames()) {
        assertThat(page).contains("`" + name + "`");
      }
    }
  }

  @Test
  void thePageOfKServeNamesEveryHeaderThatIsTried() throws IOException {
    String page = page("kserve");

    assertThat(KServeSettings.usual().principalHeaders())
        .allSatisfy(header -> assertThat(page).contains("`" + header + "`"));
    assertThat(KServeSettings.usual().organisationHeaders())
        .allSatisfy(header -> assertThat(page).contains("`" + header + "`"));
  }

  private static EventSource source(String name) {
    return switch (name) {
      case "kserve" -> new KServeSource(KServeSettings.usual());
      case "litellm" -> new LiteLlmSource();
      default -> new EnvoySource(EnvoyFieldMap.usual());
    };
  }

  private static Payload payload(String json) {
    return new Payload(
        json.getBytes(StandardCharsets.UTF_8),
        "application/json",
        Map.of(),
        RecordedVariant.RECEIVED_AT_MILLIS);
  }

  private static String page(String name) throws IOException {
    return Files.readString(PAGES.resolve(name + ".md"));
  }
}
