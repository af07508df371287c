/**
 * What is usual for each model version: how it is learned from the stream, kept, and read by every
 * instance.
 */
@NullMarked
package io.inferwarden.app.baseline;

import org.jspecify.annotations.NullMarked;
