package io.inferwarden.app.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What changes in the topic when a baseline is put in force. */
public final class BaselinePromotion {
  private BaselinePromotion() {}

  /**
   * The records to write, in this order. A primary baseline takes the place of that of another
   * version: the older one would else go on judging principals and inputs. What was primary goes on
   * for the outputs of its version, under an id of its own, so that its evidence begins anew.
   *
   * @param promoted the baseline that is put in force
   * @param known those in force; of other models, too
   */
  public static List<BaselineRecord> records(BaselineRecord promoted, List<BaselineRecord> known) {
    List<BaselineRecord> records = new ArrayList<>();
    records.add(promoted);
    for (BaselineRecord other : known) {
      if (promoted.primary()
          && other.primary()
          && other.model().equals(promoted.model())
          && !other.version().equals(promoted.version())) {
        records.add(ofOutputsAlone(other));
      }
    }
    return records;
  }

  private static BaselineRecord ofOutputsAlone(BaselineRecord primary) {
    byte[] behaviour = primary.behaviour();
    return new BaselineRecord(
        BaselineRecord.idOf(
            primary.model(),
            primary.version(),
            primary.learnedUntilMillis(),
            Stream.ofNullable(behaviour).toList()),
        primary.model(),
        primary.version(),
        false,
        primary.learnedFromMillis(),
        primary.learnedUntilMillis(),
        primary.modelsKnown(),
        primary.origin(),
        null,
        null,
        behaviour,
        null,
        primary.notes());
  }

  /**
   * A baseline as it takes the place of another. A model whose principals or requests are watched
   * stays so where the new one had too little to learn them from: it keeps those of the other.
   *
   * @param learned the new one
   * @param replaced the one that it takes the place of, if there is any
   * @param modelsKnown models of the deployment
   * @param origin who put it there and why
   */
  public static BaselineRecord inPlaceOf(
      Optional<BaselineRecord> replaced, BaselineRecord learned, int modelsKnown, String origin) {
    byte[] principals = learned.principals();
    byte[] conversations = learned.conversations();
    byte[] rate = learned.rate();
    List<String> notes = new ArrayList<>(learned.notes());
    if (replaced.isPresent() && learned.primary()) {
      BaselineRecord before = replaced.get();
      if (principals == null && conversations == null) {
        principals = before.principals();
        conversations = before.conversations();
        if (principals != null || conversations != null) {
          notes.add("what is usual for principals is kept from " + before.id());
        }
      }
      if (rate == null && before.rate() != null) {
        rate = before.rate();
        notes.add("how many requests are usual is kept from " + before.id());
      }
    }
    return new BaselineRecord(
        BaselineRecord.idOf(
            learned.model(),
            learned.version(),
            learned.learnedUntilMillis(),
            Stream.of(principals, conversations, learned.behaviour(), rate)
                .flatMap(Stream::ofNullable)
                .toList()),
        learned.model(),
        learned.version(),
        learned.primary(),
        learned.learnedFromMillis(),
        learned.learnedUntilMillis(),
        modelsKnown,
        origin,
        principals,
        conversations,
        learned.behaviour(),
        rate,
        notes);
  }
}
