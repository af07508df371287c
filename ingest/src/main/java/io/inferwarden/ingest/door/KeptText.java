package io.inferwarden.ingest.door;

import org.jspecify.annotations.Nullable;

/**
 * The text of an event of a model for which the policy keeps it. It does not show the text when it
 * is printed.
 *
 * @param eventId of the event
 * @param timeMillis of the event, since the epoch
 * @param model that was asked
 * @param principal pseudonym of who asked
 * @param input raw text that was asked; null when there was none
 * @param output raw text that was answered; null when there was none
 */
public record KeptText(
    String eventId,
    long timeMillis,
    String model,
    String principal,
    @Nullable String input,
    @Nullable String output) {
  @Override
  public String toString() {
    return "KeptText[eventId=" + eventId + ", model=" + model + ", principal=" + principal + "]";
  }
}
