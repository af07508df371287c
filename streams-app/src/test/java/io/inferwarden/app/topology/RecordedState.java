package io.inferwarden.app.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Records of changelogs and topics as a release left them, in the order in which they stand. */
final class RecordedState {
  /** Beneath the test resources, a folder for each release. */
  static final String FOLDER = "recorded-state";

  static final String CHANGELOGS = "changelogs.tsv.gz";
  static final String TOPICS = "topics.tsv.gz";

  /** A record. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier; nobody compares records
  record Entry(String place, byte[] key, byte[] value) {
    String line() {
      Base64.Encoder text = Base64.getEncoder();
      return place + '\t' + text.encodeToString(key) + '\t' + text.encodeToString(value);
    }

    static Entry of(String line) {
      String[] parts = line.split("\t", -1);
      Base64.Decoder text = Base64.getDecoder();
      return new Entry(parts[0], text.decode(parts[1]), text.decode(parts[2]));
    }

    String keyText() {
      return new String(key, UTF_8);
    }
  }

  private RecordedState() {}

  /** What a release left in its changelogs or its topics. */
  static List<Entry> of(String release, String file) throws IOException {
    String path = "/" + FOLDER + "/" + release + "/" + file;
    try (InputStream resource = RecordedState.class.getResourceAsStream(path)) {
      if (resource == null) {
        throw new IOException("no resource " + path);
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(new GZIPInputStream(resource), UTF_8));
      List<Entry> entries = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        entries.add(Entry.of(line));
      }
      return entries;
    }
  }
}
