package io.inferwarden.app.planted.circle.other;

import io.inferwarden.app.planted.circle.one.There;

/** Planted: the other half of a cycle. */
public record BackAgain(There there) {}
