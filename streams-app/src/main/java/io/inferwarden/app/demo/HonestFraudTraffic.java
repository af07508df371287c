package io.inferwarden.app.demo;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Honest users of the fraud scorer: people with heavy-tailed rates, time zones and working hours,
 * services, a nightly batch and a client that repeats itself. Each has habits: a mix of the
 * population's groups that is its own.
 */
final class HonestFraudTraffic {
  private static final int PEOPLE = 110;
  private static final int OFFICE = 8;
  private static final int SERVICES = 4;
  private static final double HABIT = 25;
  private static final double MOST = 1200;
  private static final double LEAST = 55;
  private static final double TAIL = 1.5;
  private static final double[] TIME_ZONE_HOURS = {-8, -5, 0, 1, 1, 2, 5.5, 8};
  private static final double AFTER_HOURS = .06;
  private static final double SERVICE_SECONDS = 48;
  private static final int BATCH_ROWS = 700;
  private static final long BATCH_GAP_MILLIS = 83;
  private static final int BATCH_HOUR = 2;
  private static final int RETRIED_ROWS = 180;
  private static final List<String> ORGS =
      List.of("acme", "borealis", "cobalt", "delta-pay", "everline");

  private final ServedModel model;
  private final Recording recording;
  private final Caller.Register register;
  private final Map<String, String> roles;
  private final SplittableRandom random;
  private final long startMillis;
  private final long endMillis;

  HonestFraudTraffic(
      ServedModel model,
      Recording recording,
      Caller.Register register,
      Map<String, String> roles,
      SplittableRandom random,
      long startMillis,
      long endMillis) {
    this.model = model;
    this.recording = recording;
    this.register = register;
    this.roles = roles;
    this.random = random;
    this.startMillis = startMillis;
    this.endMillis = endMillis;
  }

  void run() {
    String officeAddress = register.next("office").address();
    for (int i = 0; i < PEOPLE; i++) {
      Caller caller = register.next(ORGS.get(random.nextInt(ORGS.size())));
      if (i < OFFICE) {
        caller = caller.behind(officeAddress);
        roles.put(caller.principal(), "nat-office");
      }
      person(caller);
    }
    for (int i = 0; i < SERVICES; i++) {
      service(withRole("service"));
    }
    nightlyBatch(withRole("nightly-batch"));
    retryingClient(withRole("retry-client"));
  }

  private Caller withRole(String role) {
    Caller caller = register.next(ORGS.get(random.nextInt(ORGS.size())));
    roles.put(caller.principal(), role);
    return caller;
  }

  private double[] habits() {
    return Draws.dirichlet(normalised(model.population().weights()), HABIT, random);
  }

  private static double[] normalised(double[] weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= total;
    }
    return weights;
  }

  private void ask(Caller caller, double[] habits, long timeMillis) {
    int group = model.population().drawGroup(habits, random);
    recording.ask(timeMillis, caller, model, model.population().drawFrom(group, random));
  }

  private void person(Caller caller) {
    double[] habits = habits();
    double zoneHours = TIME_ZONE_HOURS[random.nextInt(TIME_ZONE_HOURS.length)];
    double pareto = LEAST / Math.pow(1 - random.nextDouble(), 1 / TAIL);
    int left = (int) Math.min(MOST, pareto);
    while (left > 0) {
      long time = workingTime(zoneHours);
      int session = Math.min(left, 1 + (int) (4 * random.nextExponential()));
      for (int i = 0; i < session; i++) {
        ask(caller, habits, time);
        time += Draws.waitMillis(40, random);
      }
      left -= session;
    }
  }

  private long workingTime(double zoneHours) {
    while (true) {
      long time = random.nextLong(startMillis, endMillis);
      double hour = (time / (double) TimeUnit.HOURS.toMillis(1) + zoneHours + 24) % 24;
      if ((hour >= 8.5 && hour < 17.5) || random.nextDouble() < AFTER_HOURS) {
        return time;
      }
    }
  }

  private void service(Caller caller) {
    double[] habits = habits();
    long time = startMillis + random.nextInt(60_000);
    while (time < endMillis) {
      ask(caller, habits, time);
      time += Math.round(SERVICE_SECONDS * 1000 * (.8 + .4 * random.nextDouble()));
    }
  }

  private void nightlyBatch(Caller caller) {
    double[] habits = habits();
    long day = TimeUnit.DAYS.toMillis(1);
    long night = Math.floorDiv(startMillis, day) * day + TimeUnit.HOURS.toMillis(BATCH_HOUR);
    for (; night < endMillis; night += day) {
      for (int i = 0; i < BATCH_ROWS && night >= startMillis; i++) {
        ask(caller, habits, night + i * BATCH_GAP_MILLIS);
      }
    }
  }

  private void retryingClient(Caller caller) {
    for (int i = 0; i < RETRIED_ROWS; i++) {
      long time = random.nextLong(startMillis, endMillis);
      double[] row = model.population().draw(random);
      int attempts = 2 + random.nextInt(5);
      for (int attempt = 0; attempt < attempts; attempt++) {
        recording.ask(time, caller, model, row);
        time += 1500L << attempt;
      }
    }
  }
}
