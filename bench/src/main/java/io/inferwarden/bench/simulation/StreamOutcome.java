package io.inferwarden.bench.simulation;

import java.util.Map;

/**
 * What one stream without a change came to.
 *
 * @param monthlyAlarms at a budget of one false alarm a month
 * @param hundredthAlarms at a hundredth of it
 * @param meanLikelihoodRatio of the self-audit under the first budget
 * @param isSuspended whether that audit says that the promise is suspended
 * @param differing panes whose verdict depended on how their counts were split
 * @param otherAlarms panes in which the other detectors alarmed, by their name
 */
record StreamOutcome(
    int monthlyAlarms,
    int hundredthAlarms,
    double meanLikelihoodRatio,
    boolean isSuspended,
    int differing,
    Map<String, Integer> otherAlarms) {}
