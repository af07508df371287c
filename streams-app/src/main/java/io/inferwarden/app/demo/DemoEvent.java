package io.inferwarden.app.demo;

import java.util.Objects;

/**
 * One inference event of the simulated deployment.
 *
 * @param timeMillis event time, epoch milliseconds
 * @param model name of the model that was asked
 * @param json the event in the inference event v1 form, UTF-8; not copied, so it must not be
 *     changed
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier on its way to a topic; nobody compares events
public record DemoEvent(long timeMillis, String principal, String model, byte[] json) {
  public DemoEvent {
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(json, "json");
  }
}
