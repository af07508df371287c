package io.inferwarden.alerting.sink.siem;

import java.net.URI;

/** The checks that the settings of these sinks share. */
final class SinkSettings {
  private SinkSettings() {}

  static void notBlank(String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " must not be blank");
    }
  }

  /** The address of a path below that of a receiver, whether that one ends in a slash or not. */
  static URI below(URI base, String path) {
    String text = base.toString();
    return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
  }

  /** Refuses a query, behind which no path can be put. */
  static void withoutQuery(String what, URI address) {
    if (address.getRawQuery() != null || address.getRawFragment() != null) {
      throw new IllegalArgumentException(what + " must have no query and no fragment");
    }
  }
}
