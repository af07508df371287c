package io.inferwarden.k8s.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How the values of a panel look.
 *
 * @param stacked whether series stand on each other
 * @param named whether a figure shows the name of its series in place of its value
 * @param minimum where the axis begins
 * @param maximum where the axis ends
 * @param base the colour below the first step
 * @param steps values from which another colour holds, ascending
 * @param words what is shown in place of a value
 * @param accents series that look otherwise
 */
record Look(
    boolean stacked,
    boolean named,
    OptionalDouble minimum,
    OptionalDouble maximum,
    Colour base,
    List<Step> steps,
    List<Word> words,
    List<Accent> accents) {
  /** From this value on, the colour holds. */
  record Step(double from, Colour colour) {}

  /** What stands for a value. */
  record Word(int value, String word, Colour colour) {}

  /**
   * Series that look otherwise.
   *
   * @param series a regular expression for the whole name of a series
   * @param isDashed drawn as a limit, not as a measurement
   */
  record Accent(String series, Colour colour, boolean isDashed) {}

  static final Look PLAIN =
      new Look(
          false,
          false,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Colour.BLUE,
          List.of(),
          List.of(),
          List.of());

  Look {
    steps = List.copyOf(steps);
    words = List.copyOf(words);
    accents = List.copyOf(accents);
    for (int i = 1; i < steps.size(); i++) {
      if (!(steps.get(i - 1).from() < steps.get(i).from())) {
        throw new IllegalArgumentException("steps must ascend, were " + steps);
      }
    }
  }

  Look asStack() {
    return new Look(true, named, minimum, maximum, base, steps, words, accents);
  }

  Look byName() {
    return new Look(stacked, true, minimum, maximum, base, steps, words, accents);
  }

  Look from(double least) {
    return new Look(stacked, named, OptionalDouble.of(least), maximum, base, steps, words, accents);
  }

  Look upTo(double most) {
    return new Look(stacked, named, minimum, OptionalDouble.of(most), base, steps, words, accents);
  }

  Look basedOn(Colour colour) {
    return new Look(stacked, named, minimum, maximum, colour, steps, words, accents);
  }

  Look with(Step step) {
    return new Look(stacked, named, minimum, maximum, base, plus(steps, step), words, accents);
  }

  Look with(Word word) {
    return new Look(stacked, named, minimum, maximum, base, steps, plus(words, word), accents);
  }

  Look with(Accent accent) {
    return new Look(stacked, named, minimum, maximum, base, steps, words, plus(accents, accent));
  }

  private static <T> List<T> plus(List<T> list, T more) {
    List<T> all = new ArrayList<>(list);
    all.add(more);
    return all;
  }
}
