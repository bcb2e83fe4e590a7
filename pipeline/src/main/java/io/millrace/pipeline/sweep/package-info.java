/**
 * Several variants of one pipeline as one: each combination of values, with the stages that they
 * share once.
 */
package io.millrace.pipeline.sweep;
