/**
 * One instance at work on a Kafka cluster: its life cycle, its topics, its delivery and its probes.
 */
@NullMarked
package io.inferwarden.app.cluster;

import org.jspecify.annotations.NullMarked;
