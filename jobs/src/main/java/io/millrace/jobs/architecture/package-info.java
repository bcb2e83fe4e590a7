/**
 * Networks described as plain data, engine-neutral, and the catalogue of them. It knows shapes,
 * initial weights and multiply counts, never an engine.
 */
package io.millrace.jobs.architecture;
