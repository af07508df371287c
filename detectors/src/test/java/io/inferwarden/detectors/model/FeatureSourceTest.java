package io.inferwarden.detectors.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.detectors.signal.Observation;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureSourceTest {
  private final FeatureSource source = new FeatureSource("amount");

  /** An event whose numeric features have these names, and as values their places. */
  private static Observation event(String... names) {
    List<String> features = List.of(names);
    return (Observation)
        Proxy.newProxyInstance(
            Observation.class.getClassLoader(),
            new Class<?>[] {Observation.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "featureCount" -> features.size();
                  case "featureName" -> features.get((int) arguments[0]);
                  case "featureNumber" -> (double) (int) arguments[0];
                  case "featureWord" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Test
  void findsAFeatureWhereverItIs() {
    assertThat(source.number(event("age", "amount"))).isEqualTo(1);
    assertThat(source.number(event("age", "amount", "hour"))).isEqualTo(1);
    assertThat(source.number(event("amount", "age"))).isEqualTo(0);
    assertThat(source.number(event("hour", "age", "amount"))).isEqualTo(2);
  }

  @Test
  void findsNothingInAnEventWithoutIt() {
    assertThat(source.number(event("age", "hour", "amount"))).isEqualTo(2);

    assertThat(source.number(event("age"))).isNaN();
    assertThat(source.word(event("age", "hour", "weight"))).isNull();
    assertThat(source.number(event("amount"))).isEqualTo(0);
  }
}
