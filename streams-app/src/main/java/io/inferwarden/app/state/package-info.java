/** The state of the topology: on-heap objects, made durable by changelogs written at commit. */
@NullMarked
package io.inferwarden.app.state;

import org.jspecify.annotations.NullMarked;
