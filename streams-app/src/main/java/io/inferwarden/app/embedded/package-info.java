/** A real single-node Kafka inside this JVM, for the demo, for small deployments and for tests. */
@NullMarked
package io.inferwarden.app.embedded;

import org.jspecify.annotations.NullMarked;
