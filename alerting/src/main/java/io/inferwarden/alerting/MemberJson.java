package io.inferwarden.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON form of the members of a campaign, the same in findings and incidents: {@code members},
 * in the order of naming, and {@code memberCount}. A confidence that is unknown is null.
 */
final class MemberJson {
  private MemberJson() {}

  static void put(ObjectNode object, List<Member> members, long memberCount) {
    ArrayNode array = object.putArray(JsonNames.MEMBERS);
    for (Member member : members) {
      ObjectNode node = array.addObject();
      node.put(JsonNames.PRINCIPAL, member.principal());
      node.put(JsonNames.SINCE, JsonFields.isoTime(member.sinceMillis()));
      node.put(JsonNames.EVENTS, member.events());
      JsonFields.putNumberOrNull(node, JsonNames.CONFIDENCE, member.confidence());
    }
    object.put(JsonNames.MEMBER_COUNT, memberCount);
  }

  static List<Member> read(JsonNode object) {
    List<Member> members = new ArrayList<>();
    for (JsonNode node : JsonFields.arrayOrEmpty(object, JsonNames.MEMBERS)) {
      members.add(
          new Member(
              JsonFields.text(node, JsonNames.PRINCIPAL),
              JsonFields.isoTime(node, JsonNames.SINCE),
              JsonFields.wholeNumber(node, JsonNames.EVENTS),
              JsonFields.numberOrUnknown(node, JsonNames.CONFIDENCE)));
    }
    return members;
  }

  /** The count that was written, or the number of members that an older release named. */
  static long count(JsonNode object, List<Member> members) {
    return object.hasNonNull(JsonNames.MEMBER_COUNT)
        ? JsonFields.wholeNumber(object, JsonNames.MEMBER_COUNT)
        : members.size();
  }
}
