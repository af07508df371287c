/**
 * What the streams of many principals and models hold: on the heap, in the changelog, at a start.
 */
@NullMarked
package io.inferwarden.bench.memory;

import org.jspecify.annotations.NullMarked;
