package io.inferwarden.bench.simulation;

import java.util.ArrayList;
import java.util.List;

/** The table of nulls: those of {@code reference/null_check.py} in its order, then further ones. */
final class NullCases {
  /** Two and a half days of hourly panes. */
  private static final int LEARNED = 60;

  private NullCases() {}

  static List<NullCase> all() {
    List<NullCase> cases = new ArrayList<>(ofTheReference());
    cases.addAll(further());
    return cases;
  }

  private static List<NullCase> ofTheReference() {
    Volume daily = Volume.daily();
    Volume surges = daily.withSurgesFrom(LEARNED);
    Volume growth = daily.timesFrom(LEARNED, 20);
    PaneSource.Factory wander = NumberStreams.wander(.15, .8, false);
    PaneSource.Factory slow = NumberStreams.wander(.1, .98, true);
    PaneSource.Factory overdispersed = WordStreams.overdispersed(60);
    return List.of(
        NullCase.of("stable numbers", NumberStreams::normals, daily, LEARNED),
        NullCase.of("stable words", WordStreams::words, daily, LEARNED),
        NullCase.of("baseline of 40 panes (1000 rows)", NumberStreams::normals, daily, 40),
        NullCase.of("baseline of 12 panes (300 rows)", NumberStreams::normals, daily, 12)
            .withBar(30, 9),
        NullCase.of("smooth season", NumberStreams::smoothSeason, daily, LEARNED),
        NullCase.of("smooth season, words", WordStreams::smoothSeason, daily, LEARNED),
        NullCase.of("office-hours season", NumberStreams::officeHours, daily, LEARNED),
        NullCase.of("surges x5", NumberStreams::normals, surges, LEARNED),
        NullCase.of("traffic x20 for good", NumberStreams::normals, growth, LEARNED),
        NullCase.of("traffic x20, season", NumberStreams::smoothSeason, growth, LEARNED),
        NullCase.of("traffic / 5", NumberStreams::normals, daily.dividedFrom(LEARNED, 5), LEARNED),
        NullCase.of("Zipf words, unseen values", WordStreams::zipf, daily, LEARNED),
        NullCase.of("ties (90 % zeros)", NumberStreams::ties, daily, LEARNED),
        NullCase.of("overdispersed panes (kappa 60)", overdispersed, daily, LEARNED),
        NullCase.of("overdispersed, surges x5", overdispersed, surges, LEARNED).withBar(39, 4),
        NullCase.of("sessions of 3", NumberStreams::sessions, daily, LEARNED).withBar(51, 4),
        NullCase.of("sessions of 3, surges x5", NumberStreams::sessions, surges, LEARNED)
            .withBar(41, 2),
        NullCase.of("wander 0.15 sd, 5 h", wander, daily, LEARNED).withBar(225, 84),
        NullCase.of("wander 0.10 sd, 50 h", slow, daily, LEARNED).withBar(197, 78),
        NullCase.of("wander, 10 days of learning", wander, daily, 240).withBar(108, 25),
        NullCase.of("slow wander, 20 days of learning", slow, daily, 480).withBar(106, 24),
        NullCase.of("season, surges x5", NumberStreams::smoothSeason, surges, LEARNED),
        NullCase.of(
            "season, 6 days of learning, x20",
            NumberStreams::smoothSeason,
            daily.timesFrom(144, 20),
            144),
        NullCase.of("outage in the learning", NumberStreams::outage, daily, LEARNED),
        NullCase.of(
            "shift of 0.03 sd, 1000/h", NumberStreams::tinyShift, daily.timesFrom(0, 40), LEARNED));
  }

  private static List<NullCase> further() {
    Volume daily = Volume.daily();
    PaneSource.Factory normals = NumberStreams::normals;
    return List.of(
        NullCase.of(
            "8 correlated features at 0.9 (model sum)",
            NumberStreams.correlated(8, .9),
            daily,
            LEARNED),
        NullCase.of("heavy tails (t of 2 degrees)", NumberStreams::heavyTails, daily, LEARNED),
        NullCase.of("10 % late, in their own pane", normals, daily, LEARNED).split(),
        NullCase.of("10 % late, lost", NumberStreams.losing(.1, LEARNED, normals), daily, LEARNED),
        NullCase.of("12 heavy principals", NumberStreams::heavyPrincipals, daily, LEARNED),
        NullCase.of("design effect 1.5", NumberStreams.designEffect(1.5), daily, LEARNED),
        NullCase.of("design effect 2", NumberStreams.designEffect(2), daily, LEARNED),
        NullCase.of("design effect 3", NumberStreams.designEffect(3), daily, LEARNED),
        NullCase.of("design effect 1.5, words", WordStreams.designEffect(1.5), daily, LEARNED),
        NullCase.of("design effect 2, words", WordStreams.designEffect(2), daily, LEARNED),
        NullCase.of("design effect 3, words", WordStreams.designEffect(3), daily, LEARNED),
        NullCase.of("hour-of-week season, 14 days", NumberStreams::officeWeek, daily, 336),
        NullCase.of("smooth season, 1 day of learning", NumberStreams::smoothSeason, daily, 24),
        NullCase.of(
            "wander 0.15 sd, 5 h, traffic x20",
            NumberStreams.wander(.15, .8, false),
            daily.timesFrom(LEARNED, 20),
            LEARNED));
  }
}
