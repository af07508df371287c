package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.door.Client;

/** Tells whether a client may speak of a model, where companions name one. */
final class AllowedModels {
  private AllowedModels() {}

  static void check(Client client, String model) throws RejectedCompanion {
    if (client.models().isEmpty()) {
      return;
    }
    for (String pattern : client.models()) {
      if (matches(pattern, model)) {
        return;
      }
    }
    throw new RejectedCompanion(
        Reason.MODEL_NOT_ALLOWED, "model", "a model that this key may speak of", "another");
  }

  /** In linear time for one star, and never worse than the product of both lengths. */
  static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resumeAt = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resumeAt = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resumeAt;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
