package io.inferwarden.k8s.dashboards;

import java.util.ArrayList;
import java.util.List;

/**
 * One picture of a page: what it shows, and what a reader does when it looks wrong.
 *
 * @param width of 24 columns
 */
record Panel(
    View view,
    String title,
    String description,
    Unit unit,
    int width,
    Look look,
    List<Query> queries,
    List<Link> links) {
  Panel {
    queries = List.copyOf(queries);
    links = List.copyOf(links);
    if (title.isBlank() || description.isBlank()) {
      throw new IllegalArgumentException("a panel must have title and description: " + title);
    }
    if (width < 1 || width > Layout.COLUMNS) {
      throw new IllegalArgumentException("width must be from 1 to 24, was " + width);
    }
  }

  /** Lines over time. */
  static Panel lines(String title, Unit unit, String description) {
    return new Panel(
        View.TIME_SERIES, title, description, unit, 12, Look.PLAIN, List.of(), List.of());
  }

  /** The latest values as figures. */
  static Panel figure(String title, Unit unit, String description) {
    return new Panel(View.FIGURE, title, description, unit, 4, Look.PLAIN, List.of(), List.of());
  }

  /** The latest values as bars. */
  static Panel bars(String title, Unit unit, String description) {
    return new Panel(
        View.BARS, title, description, unit, 12, Look.PLAIN.from(0), List.of(), List.of());
  }

  /** Adds a query; see {@link Query#of} for how it is written. */
  Panel query(String shortened, String legend) {
    Query query = Query.of(shortened, legend);
    List<Query> all = new ArrayList<>(queries);
    all.add(view == View.TIME_SERIES ? query : query.latest());
    return new Panel(view, title, description, unit, width, look, all, links);
  }

  Panel wide(int columns) {
    return new Panel(view, title, description, unit, columns, look, queries, links);
  }

  Panel link(Link link) {
    List<Link> all = new ArrayList<>(links);
    all.add(link);
    return new Panel(view, title, description, unit, width, look, queries, all);
  }

  Panel stacked() {
    return looking(look.asStack().from(0));
  }

  /** Shows the names of the series in place of their values. */
  Panel named() {
    return looking(look.byName());
  }

  Panel fromZero() {
    return looking(look.from(0));
  }

  Panel upTo(double most) {
    return looking(look.upTo(most));
  }

  /** Green, and orange from the value on. */
  Panel warnFrom(double value) {
    return looking(look.basedOn(Colour.GREEN).with(new Look.Step(value, Colour.ORANGE)));
  }

  /** Green (or orange, where {@link #warnFrom} said so), and red from the value on. */
  Panel badFrom(double value) {
    return looking(look.basedOn(Colour.GREEN).with(new Look.Step(value, Colour.RED)));
  }

  /** Red, and green from the value on. */
  Panel goodFrom(double value) {
    return looking(look.basedOn(Colour.RED).with(new Look.Step(value, Colour.GREEN)));
  }

  /** Shows a word in place of a value. */
  Panel says(int value, String word, Colour colour) {
    return looking(look.with(new Look.Word(value, word, colour)));
  }

  /** Draws the series whose names fit as limits. */
  Panel limit(String series) {
    return looking(look.with(new Look.Accent(series, Colour.RED, true)));
  }

  /** Gives the series whose names fit a colour. */
  Panel coloured(String series, Colour colour) {
    return looking(look.with(new Look.Accent(series, colour, false)));
  }

  private Panel looking(Look other) {
    return new Panel(view, title, description, unit, width, other, queries, links);
  }
}
