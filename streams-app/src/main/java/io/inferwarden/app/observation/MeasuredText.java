package io.inferwarden.app.observation;

import io.inferwarden.detectors.signal.TextObservation;
import io.inferwarden.ingest.TextCount;
import io.inferwarden.ingest.TextMeasures;

/** The measures of a text as the detectors see them: a view, without a copy. */
final class MeasuredText implements TextObservation {
  private TextMeasures text;

  MeasuredText(TextMeasures text) {
    this.text = text;
  }

  /** Looks at another text from now on. */
  MeasuredText of(TextMeasures other) {
    text = other;
    return this;
  }

  @Override
  public String opening() {
    return text.opening().code();
  }

  @Override
  public String first() {
    return text.first().code();
  }

  @Override
  public String ending() {
    return text.ending().code();
  }

  @Override
  public double variety() {
    return share(TextCount.DISTINCT_WORDS, TextCount.WORDS);
  }

  @Override
  public double repetition() {
    return text.count(TextCount.LINES) == 0
        ? 0
        : 1 - share(TextCount.DISTINCT_LINES, TextCount.LINES);
  }

  @Override
  public double newlineShare() {
    return share(TextCount.NEWLINES, TextCount.CHARACTERS);
  }

  @Override
  public double punctuationShare() {
    return share(TextCount.PUNCTUATION, TextCount.CHARACTERS);
  }

  @Override
  public double meanWordLength() {
    return share(TextCount.WORD_CHARACTERS, TextCount.WORDS);
  }

  @Override
  public double echo() {
    return share(TextCount.ECHOED_WORDS, TextCount.WORDS);
  }

  @Override
  public int bucketCount() {
    return text.bucketCount();
  }

  @Override
  public int bucket(int index) {
    return text.bucket(index);
  }

  @Override
  public int words() {
    return text.count(TextCount.WORDS);
  }

  @Override
  public long fingerprint() {
    return text.fingerprint();
  }

  /** The bits of the event contract are those of the detectors' tactics. */
  @Override
  public int tactics() {
    return text.tactics();
  }

  @Override
  public long headFingerprint() {
    return text.headFingerprint();
  }

  @Override
  public long tailFingerprint() {
    return text.tailFingerprint();
  }

  @Override
  public long lineFingerprint() {
    return text.lineFingerprint();
  }

  private double share(TextCount part, TextCount whole) {
    return (double) text.count(part) / Math.max(1, text.count(whole));
  }
}
