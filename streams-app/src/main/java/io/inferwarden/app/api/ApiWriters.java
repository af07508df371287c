package io.inferwarden.app.api;

/** What the API does. */
public record ApiWriters(ActionWriter actions, SilenceWriter silences, Redeliverer redeliverer) {}
