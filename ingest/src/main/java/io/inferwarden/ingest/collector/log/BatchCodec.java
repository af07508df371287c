package io.inferwarden.ingest.collector.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.ingest.audit.AuditEntry;
import io.inferwarden.ingest.collector.AdmittedEvent;
import io.inferwarden.ingest.collector.Companion;
import io.inferwarden.ingest.door.KeptText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches as bytes of the spool: counts and lengths as four bytes each, texts in UTF-8. */
final class BatchCodec {
  private static final int ABSENT = -1;

  private BatchCodec() {}

  static byte[] encode(LogBatch batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.min(batch.bytes(), 1 << 26));
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(batch.events().size());
      for (AdmittedEvent event : batch.events()) {
        write(out, event);
      }
      out.writeInt(batch.companions().size());
      for (Companion companion : batch.companions()) {
        write(out, companion.topic());
        write(out, companion.key());
        write(out, companion.json());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, AdmittedEvent event) throws IOException {
    write(out, event.principal());
    write(out, event.event());
    AuditEntry audit = event.audit();
    write(out, audit.id());
    out.writeLong(audit.timeMillis());
    out.writeLong(audit.receivedAtMillis());
    write(out, audit.source());
    write(out, audit.client());
    write(out, audit.tenant());
    write(out, audit.principal());
    write(out, audit.nextPrincipal());
    write(out, audit.model());
    write(out, audit.version());
    write(out, audit.digest());
    write(out, audit.operation());
    write(out, audit.status());
    write(out, audit.inputFingerprint());
    write(out, audit.outputFingerprint());
    KeptText text = event.keptText();
    out.writeBoolean(text != null);
    if (text != null) {
      write(out, text.eventId());
      out.writeLong(text.timeMillis());
      write(out, text.model());
      write(out, text.principal());
      write(out, text.input());
      write(out, text.output());
    }
  }

  private static void write(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(ABSENT);
    } else {
      write(out, text.getBytes(UTF_8));
    }
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * What {@link #encode} made these bytes of.
   *
   * @throws IOException when they are something else
   */
  static LogBatch decode(byte[] bytes, int offset, int length) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, offset, length));
    int eventCount = count(in);
    List<AdmittedEvent> events = new ArrayList<>();
    for (int i = 0; i < eventCount; i++) {
      events.add(event(in));
    }
    int companionCount = count(in);
    List<Companion> companions = new ArrayList<>();
    for (int i = 0; i < companionCount; i++) {
      companions.add(new Companion(text(in), text(in), bytes(in)));
    }
    if (in.available() > 0) {
      throw new IOException("a batch must end here, " + in.available() + " bytes remain");
    }
    return new LogBatch(events, companions, length);
  }

  private static AdmittedEvent event(DataInputStream in) throws IOException {
    String principal = text(in);
    byte[] json = bytes(in);
    AuditEntry audit =
        new AuditEntry(
            text(in),
            in.readLong(),
            in.readLong(),
            text(in),
            text(in),
            text(in),
            text(in),
            textOrNull(in),
            text(in),
            text(in),
            textOrNull(in),
            textOrNull(in),
            text(in),
            textOrNull(in),
            textOrNull(in));
    KeptText kept = null;
    if (in.readBoolean()) {
      kept =
          new KeptText(text(in), in.readLong(), text(in), text(in), textOrNull(in), textOrNull(in));
    }
    return new AdmittedEvent(principal, json, audit, kept);
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available()) {
      throw new EOFException("a batch must have what it says, " + count + " is more");
    }
    return count;
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(bytes(in), UTF_8);
  }

  private static @Nullable String textOrNull(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length == ABSENT ? null : new String(bytes(in, length), UTF_8);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    return bytes(in, in.readInt());
  }

  private static byte[] bytes(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new EOFException("a batch must have what it says, " + length + " bytes are more");
    }
    return in.readNBytes(length);
  }
}
