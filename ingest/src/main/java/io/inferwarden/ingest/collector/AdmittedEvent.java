package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.audit.AuditEntry;
import io.inferwarden.ingest.door.KeptText;
import org.jspecify.annotations.Nullable;

/**
 * An event that has come through the door.
 *
 * @param principal pseudonym of who asked: the key of the record
 * @param event the inference event v1 in JSON, without names and texts
 * @param audit what the audit keeps of it
 * @param keptText its texts, where the policy keeps them; else null
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record AdmittedEvent(
    String principal, byte[] event, AuditEntry audit, @Nullable KeptText keptText) {
  /** Objects and the record of the audit, beside what is counted. */
  private static final int OVERHEAD_BYTES = 800;

  /** About what it takes in memory. */
  public long bytes() {
    long bytes = (long) event.length + OVERHEAD_BYTES;
    return keptText == null
        ? bytes
        : bytes + 2L * (length(keptText.input()) + length(keptText.output()));
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
