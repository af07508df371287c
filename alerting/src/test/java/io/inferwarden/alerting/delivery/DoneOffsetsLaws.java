package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds of {@link DoneOffsets}, whatever ends when. */
class DoneOffsetsLaws {
  @Property(tries = 300, seed = "20260322")
  void whatIsReadBackIsWhatWasDone(
      @ForAll @LongRange(min = 0, max = 1L << 50) long start,
      @ForAll @IntRange(min = 1, max = 3000) int count,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DoneOffsets offsets = DoneOffsets.decode(start, "");
    TreeSet<Long> pending = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      offsets.take(start + i);
      if (random.nextDouble() < share) {
        offsets.markDone(start + i);
      } else {
        pending.add(start + i);
      }
    }
    DoneOffsets read = DoneOffsets.decode(offsets.prefix(), offsets.encode());

    assertThat(offsets.fits()).isTrue();
    assertThat(offsets.encode().length()).isLessThanOrEqualTo(DoneOffsets.MOST_CHARACTERS);
    assertThat(offsets.prefix()).isEqualTo(pending.isEmpty() ? start + count : pending.first());
    for (long offset = start; offset < start + count; offset++) {
      assertThat(read.isDone(offset)).isEqualTo(!pending.contains(offset));
    }
    assertThat(read.encode()).isEqualTo(offsets.encode());
  }

  @Property(tries = 100, seed = "20260322")
  void neverClaimsMoreThanIsDoneNorForgetsAnyUnlessItSaysSo(
      @ForAll @IntRange(min = 1, max = 120_000) int count, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DoneOffsets offsets = DoneOffsets.decode(7, "");
    boolean[] isDone = new boolean[count];
    for (int i = 0; i < count; i++) {
      offsets.take(7 + i);
      if (random.nextBoolean()) {
        isDone[i] = true;
        offsets.markDone(7 + i);
      }
    }
    DoneOffsets read = DoneOffsets.decode(offsets.prefix(), offsets.encode());

    assertThat(offsets.encode().length()).isLessThanOrEqualTo(DoneOffsets.MOST_CHARACTERS);
    for (int i = 0; i < count; i++) {
      assertThat(read.isDone(7 + i) && !isDone[i]).isFalse();
      assertThat(isDone[i] && !read.isDone(7 + i) && offsets.fits()).isFalse();
    }
  }

  @Property(tries = 200, seed = "20260322")
  void thePrefixNeverGoesBack(@ForAll @IntRange(min = 1, max = 400) int count, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DoneOffsets offsets = DoneOffsets.fresh();
    TreeSet<Long> pending = new TreeSet<>();
    long next = random.nextLong(1_000_000);
    long prefix = -1;
    for (int i = 0; i < count; i++) {
      if (pending.isEmpty() || random.nextBoolean()) {
        next += 1 + random.nextInt(3); // markers of transactions and compaction leave gaps
        offsets.take(next);
        pending.add(next);
      } else {
        long done =
            pending.ceiling(pending.first() + random.nextLong(3)) == null
                ? pending.first()
                : pending.ceiling(pending.first());
        offsets.markDone(done);
        pending.remove(done);
      }
      offsets.encode();

      assertThat(offsets.prefix()).isGreaterThanOrEqualTo(prefix);
      assertThat(offsets.prefix()).isEqualTo(pending.isEmpty() ? next + 1 : pending.first());
      prefix = offsets.prefix();
    }
  }

  @Example
  void aPartitionInWhichNothingWaitsNeedsNoMetadata() {
    DoneOffsets offsets = DoneOffsets.fresh();
    for (int i = 100; i < 5000; i++) {
      offsets.take(i);
      offsets.markDone(i);
    }
    offsets.passTo(5003);

    assertThat(offsets.prefix()).isEqualTo(5003);
    assertThat(offsets.encode()).isEmpty();
  }

  @Example
  void oneThatWaitsBeforeAMillionOthersIsToldInFewCharacters() {
    DoneOffsets offsets = DoneOffsets.decode(0, "");
    offsets.take(0);
    for (int i = 1; i < 1_000_000; i++) {
      offsets.take(i);
      offsets.markDone(i);
    }

    assertThat(offsets.prefix()).isZero();
    assertThat(offsets.encode().length()).isLessThan(20);
    assertThat(offsets.fits()).isTrue();
  }

  @Example
  void whatIsSaidToBeDoneTwiceIsDone() {
    DoneOffsets offsets = DoneOffsets.decode(5, "");
    offsets.take(5);
    offsets.markDone(5);
    offsets.encode();
    offsets.markDone(5);

    assertThat(offsets.prefix()).isEqualTo(6);
  }

  @Example
  void takesNoMoreWhenTheFirstThatWaitsIsTooFarBack() {
    DoneOffsets offsets = DoneOffsets.decode(0, "");
    offsets.take(0);
    offsets.passTo(DoneOffsets.MOST_SPAN);

    assertThat(offsets.fits()).isFalse();

    offsets.markDone(0);

    assertThat(offsets.fits()).isTrue();
  }

  @Example
  void whatWasDoneBeyondTheCommitIsStillKnownWhenTheRecordsComeAgain() {
    DoneOffsets offsets = DoneOffsets.decode(10, "");
    for (int i = 10; i < 20; i++) {
      offsets.take(i);
    }
    offsets.markDone(12);
    offsets.markDone(19);

    DoneOffsets read = DoneOffsets.decode(offsets.prefix(), offsets.encode());
    for (int i = 10; i < 20; i++) {
      read.take(i);
    }

    assertThat(read.isDone(12)).isTrue();
    assertThat(read.isDone(19)).isTrue();
    assertThat(read.isDone(11)).isFalse();
    assertThat(read.prefix()).isEqualTo(10);
  }

  @Property(tries = 200, seed = "20260322")
  void metadataOfAnotherHandIsRefused(@ForAll @IntRange(min = 0, max = 5) int form) {
    String[] foreign = {"x", "2.AAAA", "1.%%%", "1.AAAA", "1.", "{\"a\":1}"};

    assertThatIllegalArgumentException().isThrownBy(() -> DoneOffsets.decode(5, foreign[form]));
  }
}
