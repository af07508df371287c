package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.ingest.EventBinaryCodec;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingEventsTest {
  private static final long START = 1_772_323_200_000L;
  private static final long MEGABYTE = 1 << 20;

  private final ObjectStore<WaitingEvents.Waiting> store =
      Restored.empty(WaitingEvents.Waiting.CODEC);

  static InferenceEvent event(String model, String version, String principal, long time) {
    byte[] json =
        """
        {"id":"%s-%d","time":%d,"model":"%s","version":"%s","principal":"%s",
         "input":{"features":{"amount":%d,"country":"DE"}},"output":{"label":"ok"}}"""
            .formatted(principal, time, time, model, version, principal, time % 97)
            .getBytes(StandardCharsets.UTF_8);
    InferenceEvent event = new InferenceEvent();
    assertThat(new EventParser().parse(json, 0, json.length, time + 1, event)).isNull();
    return event;
  }

  static BaselineRecord baseline(String model, String version, boolean primary) {
    return new BaselineRecord(
        "bl_" + model + version,
        model,
        version,
        primary,
        START,
        START + 1,
        1,
        "test",
        null,
        null,
        null,
        null,
        List.of());
  }

  private static List<String> principals(WaitingEvents waiting, BaselineRecord baseline) {
    List<String> principals = new ArrayList<>();
    InferenceEvent event = new InferenceEvent();
    for (WaitingEvents.Waiting one : waiting.takeFor(baseline)) {
      waiting.decode(one, event);
      assertThat(event.model()).isEqualTo(baseline.model());
      principals.add(event.principal());
    }
    return principals;
  }

  @Test
  void givesWhatWaitedInTheOrderInWhichItCame() {
    WaitingEvents waiting = new WaitingEvents(store, 100, MEGABYTE);
    for (int i = 0; i < 20; i++) {
      waiting.add(event(i % 2 == 0 ? "m" : "other", "1", "p" + i, START - i), true);
    }

    List<String> taken = principals(waiting, baseline("m", "1", true));

    assertThat(taken)
        .containsExactly("p0", "p2", "p4", "p6", "p8", "p10", "p12", "p14", "p16", "p18");
    assertThat(waiting.size()).isEqualTo(10);
    assertThat(principals(waiting, baseline("m", "1", true))).isEmpty();
  }

  @Test
  void theOldestMakeRoomPastTheBound() {
    WaitingEvents waiting = new WaitingEvents(store, 3, MEGABYTE);
    int madeRoom = 0;
    for (int i = 0; i < 5; i++) {
      madeRoom += waiting.add(event("m", "1", "p" + i, START + i), true);
    }

    assertThat(madeRoom).isEqualTo(2);
    assertThat(waiting.size()).isEqualTo(3);
    assertThat(principals(waiting, baseline("m", "1", true))).containsExactly("p2", "p3", "p4");
    assertThat(store.sortedKeys()).isEmpty();
  }

  @Test
  void theOldestMakeRoomWhereTheEventsAreLarge() {
    InferenceEvent event = event("m", "1", "p", START);
    long bytesOfOne = LearningMemory.bytesOf(new EventBinaryCodec().encode(event));
    WaitingEvents waiting = new WaitingEvents(store, 100, 4 * bytesOfOne);
    for (int i = 0; i < 4; i++) {
      assertThat(waiting.add(event, true)).isZero();
    }

    assertThat(waiting.add(event("m", "1", "p".repeat(100), START), true)).isEqualTo(2);
    assertThat(waiting.size()).isEqualTo(3);
    assertThat(waiting.takeFor(baseline("m", "1", true))).hasSize(3);
    for (int i = 0; i < 4; i++) {
      assertThat(waiting.add(event, true)).as("what was taken out takes no room").isZero();
    }
  }

  @Test
  void theFirstBaselineJudgesThePrincipalsOfOtherVersionsWhoseOutputsWaitOn() {
    WaitingEvents waiting = new WaitingEvents(store, 100, MEGABYTE);
    waiting.add(event("m", "1", "one", START), true);
    waiting.add(event("m", "2", "two", START + 1), true);

    assertThat(principals(waiting, baseline("m", "1", true))).containsExactly("one", "two");
    assertThat(waiting.size()).as("the outputs of version 2").isEqualTo(1);
    List<WaitingEvents.Waiting> outputs = waiting.takeFor(baseline("m", "2", false));
    assertThat(outputs).hasSize(1);
    assertThat(outputs.get(0).asUsual()).as("the principal was judged before").isFalse();
    assertThat(waiting.size()).isZero();
  }

  @Test
  void aLaterVersionsBaselineTakesNothingOfOtherVersions() {
    WaitingEvents waiting = new WaitingEvents(store, 100, MEGABYTE);
    waiting.add(event("m", "2", "two", START), false);
    waiting.add(event("m", "3", "three", START), false);

    assertThat(principals(waiting, baseline("m", "2", false))).containsExactly("two");
    assertThat(waiting.size()).isEqualTo(1);
  }

  @Test
  void goesOnIdenticallyAfterARestore() {
    WaitingEvents waiting = new WaitingEvents(store, 12, MEGABYTE);
    for (int i = 0; i < 17; i++) {
      waiting.add(event("m", "1", "p" + i, START + i), true);
    }

    WaitingEvents restored =
        new WaitingEvents(Restored.copy(store, WaitingEvents.Waiting.CODEC), 12, MEGABYTE);

    for (int i = 17; i < 21; i++) {
      InferenceEvent next = event("m", "1", "p" + i, START + i);
      assertThat(restored.add(next, true)).isEqualTo(waiting.add(next, true));
    }
    assertThat(principals(restored, baseline("m", "1", true)))
        .isEqualTo(principals(waiting, baseline("m", "1", true)))
        .startsWith("p9")
        .endsWith("p20");
  }
}
