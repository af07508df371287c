package io.inferwarden.alerting.sink.siem;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.JsonLinesSink;
import io.inferwarden.alerting.sink.LineFormat;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Appends OCSF Detection Findings to a file, one a line, as collectors such as Vector or Fluent Bit
 * read them. Each revision of an incident stands in the file once; see {@link JsonLinesSink}.
 */
public final class OcsfFileSink implements IncidentSink {
  private final JsonLinesSink lines;

  /**
   * Where to write.
   *
   * @param name of the sink
   * @param file to append to; made, with its folders, where it is missing
   */
  public record Settings(String name, Path file) {
    public Settings {
      SinkSettings.notBlank("name", name);
    }
  }

  private static final class FindingLines implements LineFormat {
    @Override
    public byte[] line(Notification notification) throws DeliveryException {
      return OcsfFinding.json(notification);
    }

    @Override
    public Revision revision(byte[] line) {
      JsonNode finding = JsonFields.parse(line);
      return new Revision(
          JsonFields.text(finding.path(OcsfFinding.FINDING_INFO), OcsfFinding.UID),
          JsonFields.wholeNumber(finding.path(OcsfFinding.METADATA), OcsfFinding.SEQUENCE));
    }
  }

  /** Opens the file. */
  public OcsfFileSink(Settings settings) throws IOException {
    this.lines = new JsonLinesSink(settings.name(), settings.file(), new FindingLines());
  }

  @Override
  public String name() {
    return lines.name();
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException {
    lines.deliver(notification);
  }

  @Override
  public void close() {
    lines.close();
  }
}
