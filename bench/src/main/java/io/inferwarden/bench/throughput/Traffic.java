package io.inferwarden.bench.throughput;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Honest events of about 700 bytes: 10 numbers, 2 categories and 10 scores, of models that each
 * have a distribution of their own which does not change. Of the principals, the n-th asks in
 * proportion to 1/n. The same seed and settings give the same events.
 */
public final class Traffic {
  private static final int NUMBERS = 10;
  private static final int COUNTRIES = 12;
  private static final int MERCHANTS = 30;
  private static final int CLASSES = 10;
  private static final int CENTRES = 3;

  /** Models whose numbers are this far apart ask and answer alike: the two share no factor. */
  static final int KINDS = CENTRES * CLASSES;

  private static final double TOP_SHARE_OF_LABEL = .6;

  /**
   * What is sent.
   *
   * @param models that are asked
   * @param principals who ask
   * @param numbers numeric features of an event
   * @param startMillis event time of the first, since the epoch
   * @param length event time over which they are spread evenly
   * @param events how many
   * @param hotModelShare of the events, 0..1, that go to the first model beside its even part
   * @param hotPrincipalShare of the events, 0..1, of one principal beside its part
   */
  public record Settings(
      int models,
      int principals,
      int numbers,
      long startMillis,
      Duration length,
      long events,
      double hotModelShare,
      double hotPrincipalShare) {

    /** Even traffic of the required shape. */
    public static Settings of(
        int models, int principals, long startMillis, Duration length, long events) {
      return new Settings(models, principals, NUMBERS, startMillis, length, events, 0, 0);
    }
  }

  private final Settings settings;
  private final SplittableRandom random;
  private final double[] cumulative;
  private final StringBuilder text = new StringBuilder(1024);
  private long sent;
  private String principal = "";

  public Traffic(Settings settings, long seed) {
    this.settings = settings;
    this.random = new SplittableRandom(seed);
    this.cumulative = new double[settings.principals()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += 1.0 / (i + 1);
      cumulative[i] = sum;
    }
  }

  /** Name of a model, by its number from 0. */
  static String nameOf(int model) {
    return "model-" + model;
  }

  public boolean hasNext() {
    return sent < settings.events();
  }

  /** The next event, as JSON. */
  public byte[] next() {
    return next(timeOfNextMillis());
  }

  /** The next event, as JSON, at an event time of the caller's choice. */
  public byte[] next(long timeMillis) {
    int model =
        random.nextDouble() < settings.hotModelShare() ? 0 : random.nextInt(settings.models());
    return event(timeMillis, model, drawPrincipal());
  }

  /**
   * The next event, as JSON, of a principal and model of the caller's choice.
   *
   * @param model number of the model, from 0
   * @param number number of the principal, from 0
   */
  public byte[] next(int model, long number) {
    return event(timeOfNextMillis(), model, number);
  }

  private long timeOfNextMillis() {
    return settings.startMillis()
        + (long) (sent * (double) settings.length().toMillis() / settings.events());
  }

  private byte[] event(long timeMillis, int model, long number) {
    principal =
        "p_" + Long.toString(0x1_0000_0000L + 7_919L * number, Character.MAX_RADIX) + "_user";
    text.setLength(0);
    text.append("{\"v\":1,\"id\":\"").append(Long.toHexString(settings.startMillis()));
    text.append('-').append(sent).append("\",\"time\":").append(timeMillis);
    text.append(",\"model\":\"").append(nameOf(model));
    text.append("\",\"version\":\"2026-03-01\",\"principal\":\"").append(principal);
    text.append("\",\"org\":\"acme\",\"operation\":\"classify\",\"status\":\"ok\",\"latencyMs\":");
    fixed(5 + 20 * random.nextDouble());
    int label = drawLabel(model);
    features(model);
    output(label);
    sent++;
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Who asked the last one. */
  public byte[] principal() {
    return principal.getBytes(StandardCharsets.UTF_8);
  }

  private int drawPrincipal() {
    if (random.nextDouble() < settings.hotPrincipalShare()) {
      return 0;
    }
    double drawn = random.nextDouble(cumulative[cumulative.length - 1]);
    int found = Arrays.binarySearch(cumulative, drawn);
    return found < 0 ? -found - 1 : found;
  }

  private int drawLabel(int model) {
    return random.nextDouble() < TOP_SHARE_OF_LABEL ? model % CLASSES : random.nextInt(CLASSES);
  }

  private void features(int model) {
    text.append(",\"input\":{\"features\":{");
    for (int i = 0; i < settings.numbers(); i++) {
      text.append("\"feature_").append(i < 10 ? "0" : "").append(i).append("\":");
      fixed(model % CENTRES + (1 + i % 4) * random.nextGaussian());
      text.append(',');
    }
    int country = (int) (COUNTRIES * random.nextDouble() * random.nextDouble());
    int merchant = (int) (MERCHANTS * random.nextDouble() * random.nextDouble());
    text.append("\"country\":\"c").append(country);
    text.append("\",\"merchant_category\":\"k").append(merchant).append("\"}}");
  }

  private void output(int label) {
    double[] scores = new double[CLASSES];
    double sum = 0;
    for (int i = 0; i < CLASSES; i++) {
      scores[i] = -Math.log(1 - random.nextDouble()) * (i == label ? 1 : .1);
      sum += scores[i];
    }
    scores[label] += sum;
    text.append(",\"output\":{\"label\":\"").append(label).append("\",\"scores\":[");
    for (int i = 0; i < CLASSES; i++) {
      if (i > 0) {
        text.append(',');
      }
      fixed(scores[i] / (2 * sum));
    }
    text.append("]}}");
  }

  /** With six digits behind the point. */
  private void fixed(double value) {
    long micros = Math.round(Math.abs(value) * 1e6);
    if (value < 0 && micros > 0) {
      text.append('-');
    }
    text.append(micros / 1_000_000).append('.');
    String digits = Long.toString(1_000_000 + micros % 1_000_000);
    text.append(digits, 1, digits.length());
  }
}
