package io.inferwarden.ingest.audit;

import org.jspecify.annotations.Nullable;

/**
 * What the audit keeps of one inference. No names, no text.
 *
 * @param id of the event
 * @param timeMillis of the event, since the epoch
 * @param receivedAtMillis when the collector took it, since the epoch
 * @param source format that it came in, such as {@code otlp}
 * @param client name of the key that it was sent with
 * @param tenant of that key
 * @param principal pseudonym of who asked
 * @param nextPrincipal pseudonym under the key that will follow, while both are computed; else null
 * @param model that was asked
 * @param version of the model; empty when unknown
 * @param digest of the model's weights; null when unknown
 * @param operation what was asked, such as {@code generate}; null when unknown
 * @param status how it ended
 * @param inputFingerprint keyed fingerprint of the exact input; null without an input
 * @param outputFingerprint keyed fingerprint of the exact output; null without an output
 */
public record AuditEntry(
    String id,
    long timeMillis,
    long receivedAtMillis,
    String source,
    String client,
    String tenant,
    String principal,
    @Nullable String nextPrincipal,
    String model,
    String version,
    @Nullable String digest,
    @Nullable String operation,
    String status,
    @Nullable String inputFingerprint,
    @Nullable String outputFingerprint) {}
