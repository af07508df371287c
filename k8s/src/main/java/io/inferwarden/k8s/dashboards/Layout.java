package io.inferwarden.k8s.dashboards;

import java.util.ArrayList;
import java.util.List;

/** Where panels lie: below the heading of their row, from left to right, line by line. */
final class Layout {
  /** Of Grafana's grid. */
  static final int COLUMNS = 24;

  /** A place on the grid; the first column and line are 0. */
  record Place(int x, int y, int width, int height) {}

  /** A row's heading and its panels, in their places. */
  record PlacedRow(String title, Place place, List<PlacedPanel> panels) {}

  record PlacedPanel(Panel panel, Place place) {}

  private Layout() {}

  static List<PlacedRow> place(List<Row> rows) {
    List<PlacedRow> placed = new ArrayList<>();
    int y = 0;
    for (Row row : rows) {
      Place heading = new Place(0, y, COLUMNS, 1);
      List<PlacedPanel> panels = new ArrayList<>();
      y = placePanels(row.panels(), y + 1, panels);
      placed.add(new PlacedRow(row.title(), heading, panels));
    }
    return placed;
  }

  /** Returns the first line below the panels. */
  private static int placePanels(List<Panel> panels, int top, List<PlacedPanel> placed) {
    int x = 0;
    int y = top;
    int below = top;
    for (Panel panel : panels) {
      if (x + panel.width() > COLUMNS) {
        x = 0;
        y = below;
      }
      int height = panel.view().height();
      placed.add(new PlacedPanel(panel, new Place(x, y, panel.width(), height)));
      x += panel.width();
      below = Math.max(below, y + height);
    }
    return below;
  }
}
