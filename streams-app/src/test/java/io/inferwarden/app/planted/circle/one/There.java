package io.inferwarden.app.planted.circle.one;

import io.inferwarden.app.planted.circle.other.BackAgain;

/** Planted: one half of a cycle. */
public record There(BackAgain back) {}
