/**
 * What a training records round by round, and the card that shows it: loss, accuracy, rates, where
 * the time went, what the network saw. It reads the rounds' results and trains nothing.
 */
package io.millrace.jobs.record;
