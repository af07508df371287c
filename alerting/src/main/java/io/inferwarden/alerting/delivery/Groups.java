package io.inferwarden.alerting.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Notifications that are held back for a while, since others of their group may follow. */
final class Groups {
  private static final class Group {
    private final String name;
    private final long untilMillis;
    private final Set<Waiting> members = new LinkedHashSet<>();

    Group(String name, long untilMillis) {
      this.name = name;
      this.untilMillis = untilMillis;
    }
  }

  private final Map<String, Group> byName = new HashMap<>();
  private final TreeSet<Group> byTime =
      new TreeSet<>(
          Comparator.comparing((Group group) -> group.untilMillis)
              .thenComparing(group -> group.name));

  /** Holds it with the others of its group, until the time that the first of them set. */
  void hold(Waiting member, long nowMillis) {
    String name = member.notification().group();
    Group group = byName.get(name);
    if (group == null) {
      group = new Group(name, nowMillis + member.notification().groupWaitMillis());
      byName.put(name, group);
      byTime.add(group);
    }
    member.hold(group.untilMillis);
    group.members.add(member);
  }

  void remove(Waiting member) {
    if (!member.isHeld()) {
      return;
    }
    member.hold(Waiting.NOT_HELD);
    Group group = byName.get(member.notification().group());
    if (group != null && group.members.remove(member) && group.members.isEmpty()) {
      byName.remove(group.name);
      byTime.remove(group);
    }
  }

  /** The groups whose time has come, each with its members, which are held no longer. */
  List<List<Waiting>> due(long nowMillis) {
    List<List<Waiting>> due = new ArrayList<>();
    while (!byTime.isEmpty() && byTime.first().untilMillis <= nowMillis) {
      Group group = byTime.first();
      byTime.remove(group);
      byName.remove(group.name);
      group.members.forEach(member -> member.hold(Waiting.NOT_HELD));
      due.add(new ArrayList<>(group.members));
    }
    return due;
  }

  /** When the next group is due; {@link Long#MAX_VALUE} for never. */
  long dueAt() {
    return byTime.isEmpty() ? Long.MAX_VALUE : byTime.first().untilMillis;
  }

  void clear() {
    byName.clear();
    byTime.clear();
  }
}
