package io.inferwarden.ingest.audit;

/**
 * What the verifier saw of one chain.
 *
 * @param writer whose chain it is
 * @param firstSequence of the first record there; more than 0 where retention deleted some
 * @param head the last record there
 * @param lastMillis when the last record was written, since the epoch
 * @param provenSequence until where a trusted signature covers it; -1 for nowhere
 * @param provenMillis when that was signed, since the epoch; 0 for never
 * @param keyId that signed last; empty for none
 * @param isClosed whether its writer has ended it
 */
public record ChainReport(
    String writer,
    long firstSequence,
    AuditHead head,
    long lastMillis,
    long provenSequence,
    long provenMillis,
    String keyId,
    boolean isClosed) {

  /** How many records at its end are consistent, but not covered by a signature. */
  public long unproven() {
    return head.sequence() - Math.max(provenSequence, firstSequence - 1);
  }
}
