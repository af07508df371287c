package io.inferwarden.app.alert;

import io.inferwarden.alerting.route.Silence;
import io.inferwarden.alerting.route.SilenceJson;
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

  /** All of them, those that are over included, in no order that lasts. */
  public Collection<Silence> all() {
    return List.copyOf(byId.values());
  }

  @Override
  void take(String id, byte @Nullable [] json) {
    if (json == null) {
      byId.remove(id);
    } else {
      byId.put(id, SilenceJson.fromJson(json));
    }
  }
}
