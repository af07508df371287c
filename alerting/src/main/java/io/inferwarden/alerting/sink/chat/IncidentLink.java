package io.inferwarden.alerting.sink.chat;

import io.inferwarden.alerting.Incident;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The address at which an incident can be read in a console. */
final class IncidentLink {
  /** Below what Slack takes for a button, with room for the id. */
  private static final int MOST_BASE_CHARACTERS = 2000;

  private IncidentLink() {}

  /** Returns the address of a console when incidents can be linked below it. */
  static @Nullable URI checkedBase(@Nullable URI linkBase) {
    if (linkBase == null) {
      return null;
    }
    boolean isHttp =
        "https".equalsIgnoreCase(linkBase.getScheme())
            || "http".equalsIgnoreCase(linkBase.getScheme());
    boolean isPlain =
        linkBase.getHost() != null
            && linkBase.getRawUserInfo() == null
            && linkBase.getRawQuery() == null
            && linkBase.getRawFragment() == null;
    if (!isHttp || !isPlain || linkBase.toString().length() > MOST_BASE_CHARACTERS) {
      throw new IllegalArgumentException(
          "linkBase must be an http or https address of at most "
              + MOST_BASE_CHARACTERS
              + " characters with a host, and without user, query and fragment, was "
              + linkBase);
    }
    return linkBase;
  }

  /** {@code https://console.example/incidents/inc_…}. */
  static URI to(URI linkBase, Incident incident) {
    String base = linkBase.toASCIIString();
    String slash = base.endsWith("/") ? "" : "/";
    String id = URLEncoder.encode(incident.id(), StandardCharsets.UTF_8);
    return URI.create(base + slash + "incidents/" + id);
  }
}
