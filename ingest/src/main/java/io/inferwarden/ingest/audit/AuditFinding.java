package io.inferwarden.ingest.audit;

/**
 * Something that is wrong with the log.
 *
 * @param kind of tampering that looks like this
 * @param partition that it is in
 * @param offset of the record that is wrong; of the one after the place, where records are missing;
 *     -1 where there is none
 * @param chain that the record says it is of; empty where it says nothing
 * @param sequence its place in that chain; -1 where it has none
 * @param eventId of the event that it tells of; empty where it tells of none
 * @param detail in words
 */
public record AuditFinding(
    Kind kind,
    int partition,
    long offset,
    String chain,
    long sequence,
    String eventId,
    String detail) {

  /** What was done to the log. */
  public enum Kind {
    /** A record is not what was written. */
    CHANGED,
    /** Records are missing between two others. */
    DROPPED,
    /** A record stands elsewhere in its partition than it was written. */
    REORDERED,
    /** A record was written by nobody who may. */
    INSERTED,
    /** A record stands there again. */
    DUPLICATED,
    /** A record was written to another partition. */
    MOVED,
    /** A checkpoint is not signed by the key that it names. */
    BAD_SIGNATURE,
    /** A checkpoint is signed by a key that the verifier was not told to trust. */
    UNTRUSTED_KEY,
    /** The end of a chain is missing. */
    TRUNCATED,
    /** Records before a checkpoint were written anew, with hashes to match. */
    FORGED_SUFFIX,
    /** Something that is no audit record. */
    NOT_A_RECORD
  }
}
