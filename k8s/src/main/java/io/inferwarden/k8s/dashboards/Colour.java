package io.inferwarden.k8s.dashboards;

import java.util.Locale;

/** Colours by Grafana's names, each of which has one meaning on all pages. */
enum Colour {
  /** As it should be. */
  GREEN,
  /** Look at it in working hours. */
  ORANGE,
  /** Act. */
  RED,
  /** Neither good nor bad. */
  BLUE,
  /** Told, not asked for: annotations. */
  PURPLE;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
