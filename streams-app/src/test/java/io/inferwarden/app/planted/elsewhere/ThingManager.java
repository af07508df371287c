package io.inferwarden.app.planted.elsewhere;

/** Planted: a name that says nothing. */
record ThingManager(String thing) {}
