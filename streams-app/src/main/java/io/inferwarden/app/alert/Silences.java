package io.inferwarden.app.alert;

import io.inferwarden.alerting.route.Silence;
import io.inferwarden.alerting.route.SilenceJson;
import io.inferwarden.app.state.CompactedTopicStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who asked for silence, as every instance reads it from the compacted topic. */
public final class Silences extends CompactedTopicStore {
  private final Map<String, Silence> byId = new ConcurrentHashMap<>();

  public Silences(String name) {
    super(name);
  }

  /** Those that hold at that time, by the clock, in no order that lasts. */
  public Collection<Silence> activeAt(long nowMillis) {
    List<Silence> active = new ArrayList<>();
    for (Silence silence : byId.values()) {
      if (silence.isActive(nowMillis)) {
        active.add(silence);
      }
    }
    return active;
  }

  @Override
  protected void take(String id, byte @Nullable [] json) {
    if (json == null) {
      byId.remove(id);
    } else {
      byId.put(id, SilenceJson.fromJson(json));
    }
  }
}
