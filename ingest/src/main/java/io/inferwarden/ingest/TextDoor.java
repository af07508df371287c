package io.inferwarden.ingest;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Where raw text ends: what comes in as text leaves as {@link TextMeasures}, and stays no longer
 * than until the next event, where it may be kept at all. One for each thread; takes memory only
 * once there is a text.
 */
final class TextDoor {
  private final boolean measuresAll;
  private final boolean keepsTexts;
  private final TextKey key;
  private final Canaries canaries;
  private final @Nullable ExactFingerprints fingerprints;
  private @Nullable TextScanner inputs;
  private @Nullable TextScanner outputs;
  private @Nullable String inputText;
  private @Nullable String outputText;
  private @Nullable String inputFingerprint;
  private @Nullable String outputFingerprint;

  /** Measures what detectors read, under no key. */
  TextDoor() {
    this(TextKey.none(), Canaries.none(), false, false);
  }

  /** Measures everything. */
  TextDoor(TextKey key, Canaries canaries, boolean keepsTexts) {
    this(key, canaries, keepsTexts, true);
  }

  private TextDoor(TextKey key, Canaries canaries, boolean keepsTexts, boolean measuresAll) {
    this.key = key;
    this.canaries = canaries;
    this.keepsTexts = keepsTexts;
    this.measuresAll = measuresAll;
    this.fingerprints = key.isKeyed() ? new ExactFingerprints(key) : null;
  }

  /** Forgets the texts of the event before. */
  void clear() {
    inputText = null;
    outputText = null;
    inputFingerprint = null;
    outputFingerprint = null;
  }

  void input(char[] text, int offset, int length, TextMeasures into) {
    if (inputs == null) {
      inputs = newScanner();
    }
    inputs.scan(text, offset, length, into);
    inputText = keepsTexts ? new String(text, offset, length) : null;
    inputFingerprint = fingerprints == null ? null : fingerprints.ofText(text, offset, length);
  }

  void output(char[] text, int offset, int length, TextMeasures into) {
    if (outputs == null) {
      outputs = newScanner();
    }
    outputs.scan(text, offset, length, into);
    outputText = keepsTexts ? new String(text, offset, length) : null;
    outputFingerprint = fingerprints == null ? null : fingerprints.ofText(text, offset, length);
  }

  /**
   * Hashes the measures that a sender made instead of sending its text as those of a text are
   * hashed, since the sender may have had no key. Bits of a SimHash cannot be hashed so that near
   * ones stay near: it is left out.
   */
  void rekey(TextMeasures sent) {
    if (!key.isKeyed() || !sent.isPresent()) {
      return;
    }
    sent.fingerprint(key.hash(TextKey.Kind.FINGERPRINT, sent.fingerprint()));
    sent.headFingerprint(key.hash(TextKey.Kind.EDGE, sent.headFingerprint()));
    sent.tailFingerprint(key.hash(TextKey.Kind.EDGE, sent.tailFingerprint()));
    sent.lineFingerprint(key.hash(TextKey.Kind.LINE, sent.lineFingerprint()));
    sent.template(key.hash(TextKey.Kind.TEMPLATE, sent.template()));
    sent.simHash(0);
    rekeyBuckets(sent);
  }

  private void rekeyBuckets(TextMeasures sent) {
    BitSet keyed = new BitSet(TextMeasures.BUCKETS);
    for (int i = 0; i < sent.bucketCount(); i++) {
      keyed.set(TextScanner.bucket(key.hash(TextKey.Kind.WORD, sent.bucket(i) + 1L)));
    }
    sent.clearBuckets();
    keyed.stream().forEach(sent::addBucket);
  }

  /** Completes the measures of an output whose input has come through the door, too. */
  void compare(TextMeasures output) {
    if (inputs != null && outputs != null) {
      output.count(TextCount.ECHOED_WORDS, outputs.echoOf(inputs));
    }
  }

  /** Makes the exact fingerprints of what is no text, of a complete event. */
  void complete(InferenceEvent event) {
    if (fingerprints == null) {
      return;
    }
    if (inputFingerprint == null) {
      inputFingerprint = fingerprints.ofInput(event);
    }
    if (outputFingerprint == null) {
      outputFingerprint = fingerprints.ofOutput(event);
    }
  }

  @Nullable String inputText() {
    return inputText;
  }

  @Nullable String outputText() {
    return outputText;
  }

  @Nullable String inputFingerprint() {
    return inputFingerprint;
  }

  @Nullable String outputFingerprint() {
    return outputFingerprint;
  }

  private TextScanner newScanner() {
    return measuresAll ? new TextScanner(key, canaries) : new TextScanner();
  }
}
