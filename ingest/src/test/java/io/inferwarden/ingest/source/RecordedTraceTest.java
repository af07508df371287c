package io.inferwarden.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedTraceTest {
  @ParameterizedTest
  @CsvSource({"llm-outputs-s54, 17600", "llm-mcsyn-1h-s53, 14735", "digits-rf-s13, 46825"})
  void everyEventOfARecordedTraceIsTaken(String trace, int events) throws IOException {
    Path file =
        Path.of(System.getProperty("inferwarden.shared", ""), "traces", trace + ".jsonl.gz");
    assumeTrue(Files.exists(file), "the traces are not there");
    EventParser parser = new EventParser();
    InferenceEvent event = new InferenceEvent();
    int taken = 0;

    try (EventFileReader reader = EventFileReader.open(file)) {
      while (reader.next()) {
        assertThat(
                parser.parse(
                    reader.line(), reader.offset(), reader.length(), 1_800_000_000_000L, event))
            .isNull();
        taken++;
      }
    }

    assertThat(taken).isEqualTo(events);
  }
}
