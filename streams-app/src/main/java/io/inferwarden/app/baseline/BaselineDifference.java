package io.inferwarden.app.baseline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which baselines of two lists differ, for people. */
public final class BaselineDifference {
  private BaselineDifference() {}

  /** One entry for each baseline that is in one list only, or another one in each. */
  public static List<String> between(List<BaselineRecord> before, List<BaselineRecord> after) {
    Map<String, BaselineRecord> known = byKey(before);
    Map<String, BaselineRecord> later = byKey(after);
    List<String> differences = new ArrayList<>();
    known.forEach(
        (key, baseline) -> {
          BaselineRecord other = later.get(key);
          if (other == null) {
            differences.add("- " + BaselineCard.headline(baseline));
          } else if (!other.id().equals(baseline.id())) {
            differences.add(
                "~ " + BaselineCard.headline(baseline) + "\n  " + BaselineCard.headline(other));
          }
        });
    later.forEach(
        (key, baseline) -> {
          if (!known.containsKey(key)) {
            differences.add("+ " + BaselineCard.headline(baseline));
          }
        });
    return differences;
  }

  private static Map<String, BaselineRecord> byKey(List<BaselineRecord> baselines) {
    Map<String, BaselineRecord> byKey = new LinkedHashMap<>();
    baselines.forEach(baseline -> byKey.put(baseline.topicKey(), baseline));
    return byKey;
  }
}
