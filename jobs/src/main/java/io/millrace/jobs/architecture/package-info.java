/**
 * Networks described as plain data, engine-neutral, and the catalogue of them. It knows shapes,
 * initial weights and multiply counts, never an engine. It touches no other room.
 */
package io.millrace.jobs.architecture;
