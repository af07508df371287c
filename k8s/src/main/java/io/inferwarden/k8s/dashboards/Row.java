package io.inferwarden.k8s.dashboards;

import java.util.List;

/** Panels under one heading. */
record Row(String title, List<Panel> panels) {
  Row {
    panels = List.copyOf(panels);
    if (title.isBlank() || panels.isEmpty()) {
      throw new IllegalArgumentException("a row must have a title and panels: '" + title + "'");
    }
  }

  static Row of(String title, Panel... panels) {
    return new Row(title, List.of(panels));
  }
}
