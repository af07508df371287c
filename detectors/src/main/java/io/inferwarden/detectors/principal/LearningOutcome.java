package io.inferwarden.detectors.principal;

import java.util.Optional;

/**
 * What the learner returns.
 *
 * @param baseline empty when no signal could be formed; the report says why
 * @param report how the learning went
 */
public record LearningOutcome(Optional<PrincipalBaseline> baseline, LearningReport report) {}
