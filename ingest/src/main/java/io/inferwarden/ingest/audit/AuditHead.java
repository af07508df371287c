package io.inferwarden.ingest.audit;

/**
 * The end of a chain at some time. Kept where the log's keepers cannot reach it, it shows later
 * whether the log still holds what it held then.
 *
 * @param partition of the chain
 * @param chain its name
 * @param sequence of its last record
 * @param hash of that record, in hexadecimal
 * @param offset of that record
 */
public record AuditHead(int partition, String chain, long sequence, String hash, long offset) {
  public AuditHead {
    if (partition < 0 || sequence < 0 || offset < 0 || hash.length() != 2 * Sha256.BYTES) {
      throw new IllegalArgumentException(
          "a head must have a partition, a seq, a hash of 64 digits and an offset, was "
              + partition
              + ", "
              + sequence
              + ", \""
              + hash
              + "\", "
              + offset);
    }
  }
}
