package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rfc3339Laws {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");

  @Property(tries = 3000, seed = "1")
  void agreesWithJavaTime(
      @ForAll @LongRange(min = -62_000_000_000_000L, max = 253_300_000_000_000L) long millis,
      @ForAll @IntRange(min = -1079, max = 1079) int offsetMinutes) {
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * offsetMinutes);

    String text = FORMAT.format(Instant.ofEpochMilli(millis).atOffset(offset));

    assertThat(read(text)).as(text).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T00:00:00Z, 1709164800000",
    "2000-01-01T00:00:00.9999Z, 946684800999",
    "2000-01-01T00:00:00.5Z, 946684800500",
    "2016-12-31T23:59:60Z, 1483228800000"
  })
  void readsSpecialTimes(String text, long millis) {
    assertThat(read(text)).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2023-04-31T00:00:00Z",
    "2023-00-01T00:00:00Z",
    "2023-01-00T00:00:00Z",
    "2023-01-01T24:00:00Z",
    "2023-01-01T00:60:00Z",
    "2023-01-01T00:00:61Z",
    "2023-01-01T00:00:00",
    "2023-01-01T00:00:00.Z",
    "2023-01-01T00:00:00+0100",
    "2023-01-01T00:00:00+24:00",
    "2023-01-01T00:00:00ZZ",
    "2023-1-01T00:00:000Z",
    "20230101T000000.0000Z",
    "+023-01-01T00:00:00Z",
    "٢٠٢٣-01-01T00:00:00Z"
  })
  void refusesWhatIsNotATime(String text) {
    assertThat(read(text)).isEqualTo(Rfc3339.INVALID);
  }

  private static long read(String text) {
    char[] characters = ("x" + text).toCharArray();
    return Rfc3339.epochMillis(characters, 1, text.length());
  }
}
