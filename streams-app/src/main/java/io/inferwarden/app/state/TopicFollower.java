package io.inferwarden.app.state;

import org.jspecify.annotations.Nullable;

/** A store that follows a compacted topic. */
public interface TopicFollower {
  /**
   * Takes a record of the topic; a null value forgets the key. Never throws on what the topic
   * holds.
   */
  void accept(String key, byte @Nullable [] value);
}
