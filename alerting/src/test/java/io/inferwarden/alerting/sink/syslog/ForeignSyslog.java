package io.inferwarden.alerting.sink.syslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.palindromicity.syslog.AllowableDeviations;
import com.github.palindromicity.syslog.StructuredDataPolicy;
import com.github.palindromicity.syslog.SyslogParser;
import com.github.palindromicity.syslog.SyslogParserBuilder;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads RFC 5424 with simple-syslog-5424, which allows no deviation here. */
final class ForeignSyslog {
  private ForeignSyslog() {}

  /** The fields by that parser's names. Its grammar is one of octets, so it is given octets. */
  static Map<String, String> parsed(String message) {
    SyslogParser parser =
        new SyslogParserBuilder()
            .withDeviations(EnumSet.of(AllowableDeviations.NONE))
            .withStructuredDataPolicy(StructuredDataPolicy.FLATTEN)
            .build();
    Map<String, String> fields = new LinkedHashMap<>();
    parser
        .parseLine(new String(message.getBytes(UTF_8), ISO_8859_1))
        .forEach((key, value) -> fields.put(key, ofOctets(String.valueOf(value))));
    return fields;
  }

  private static String ofOctets(String octets) {
    return new String(octets.getBytes(ISO_8859_1), UTF_8);
  }
}
