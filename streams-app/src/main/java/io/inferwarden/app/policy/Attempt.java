package io.inferwarden.app.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes what has rules of its own, and notes a broken rule at the setting that it names. */
final class Attempt {
  private Attempt() {}

  /**
   * What is made; empty when that fails.
   *
   * @param fallback the key at which a problem is noted that names none of the keys
   * @param keys with which a problem may begin
   */
  static <T> Optional<T> at(
      ConfigReader reader, String fallback, List<String> keys, Supplier<T> make) {
    try {
      return Optional.of(make.get());
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      String key =
          keys.stream().filter(each -> message.startsWith(each + " ")).findFirst().orElse("");
      if (key.isEmpty()) {
        reader.problem(fallback, message);
      } else {
        reader.problem(key, message.substring(key.length() + 1));
      }
      return Optional.empty();
    }
  }
}
