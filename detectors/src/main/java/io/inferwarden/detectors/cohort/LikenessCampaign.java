package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts that behave alike, with the recent counts that each had when it was placed last. */
final class LikenessCampaign {
  private final long number;
  private final LinkedHashMap<String, float[]> members = new LinkedHashMap<>();
  private final double[] pooled;
  private long lastPlaced;

  LikenessCampaign(long number, int bins) {
    this.number = number;
    this.pooled = new double[bins];
  }

  long number() {
    return number;
  }

  int size() {
    return members.size();
  }

  Set<String> accounts() {
    return members.keySet();
  }

  /** Sum of the counts of all members. */
  double[] pooled() {
    return pooled;
  }

  float @Nullable [] countsOf(String account) {
    return members.get(account);
  }

  /** When somebody was placed here last, on the clock of placements. */
  long lastPlaced() {
    return lastPlaced;
  }

  void add(String account, float[] counts, long now) {
    remove(account);
    members.put(account, counts);
    for (int i = 0; i < pooled.length; i++) {
      pooled[i] += counts[i];
    }
    lastPlaced = now;
  }

  void remove(String account) {
    float[] counts = members.remove(account);
    if (counts != null) {
      for (int i = 0; i < pooled.length; i++) {
        pooled[i] = Math.max(0, pooled[i] - counts[i]);
      }
    }
  }

  /** Forgets the member that was placed longest ago, and says who. */
  String forgetOldest() {
    String oldest = members.keySet().iterator().next();
    remove(oldest);
    return oldest;
  }

  void writeTo(StateWriter writer) {
    writer.writeLong(number).writeLong(lastPlaced).writeDoubles(pooled).writeInt(members.size());
    for (Map.Entry<String, float[]> member : members.entrySet()) {
      writer.writeString(member.getKey());
      SparseCounts.write(member.getValue(), writer);
    }
  }

  static LikenessCampaign readFrom(StateReader reader, int bins) {
    long number = reader.readLong();
    long lastPlaced = reader.readLong();
    double[] pooled = reader.readDoubles();
    if (pooled.length != bins) {
      throw new IllegalArgumentException("bins must be " + bins + ", were " + pooled.length);
    }
    LikenessCampaign campaign = new LikenessCampaign(number, bins);
    campaign.lastPlaced = lastPlaced;
    System.arraycopy(pooled, 0, campaign.pooled, 0, bins);
    for (int left = reader.readInt(); left > 0; left--) {
      campaign.members.put(reader.readString(), SparseCounts.read(reader, bins));
    }
    return campaign;
  }
}
