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
    String principal, byte[] event, AuditEntry audit, @Nullable KeptText keptText) {}
