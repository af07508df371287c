package io.inferwarden.detectors.chat;

import java.util.Optional;

/**
 * What the learner returns.
 *
 * @param baseline empty when the model is to stay unwatched; the report says why
 * @param report how the learning went
 */
public record ChatLearningOutcome(Optional<ChatBaseline> baseline, ChatLearningReport report) {}
