package io.inferwarden.detectors.chat;

/**
 * Hashes of a prompt that shows two tactics of attacks or more.
 *
 * @param exact of the whole text
 * @param head of the first words; 0 when there are none
 */
public record AttackPrompt(int exact, int head) {}
