package io.inferwarden.app.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events, one after the other. */
final class ServerSentEvents implements AutoCloseable {

  /**
   * An event.
   *
   * @param id the last id that the stream gave, by which it can be gone on from
   * @param name what it is
   * @param data its text
   */
  record Event(String id, String name, String data) {}

  private final BufferedReader lines;
  private String id = "";

  ServerSentEvents(InputStream stream) {
    Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8);
    this.lines = new BufferedReader(reader);
  }

  /** The next event; empty when the stream has ended. What was cut off is no event. */
  Optional<Event> next() throws IOException {
    String name = "message";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (data.length() > 0) {
          return Optional.of(new Event(id, name, data.toString()));
        }
        name = "message";
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
      switch (field) {
        case "id" -> id = value;
        case "event" -> name = value;
        case "data" -> data.append(data.length() == 0 ? "" : "\n").append(value);
        default -> {} // comments and fields of no use here
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
