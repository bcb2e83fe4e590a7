/**
 * The benchmarks: the time of Millrace compared with that of other programs for the same work, in
 * alternating runs. It starts Millrace by its launcher, as a user does, and is not part of any
 * released jar.
 */
package io.millrace.bench;
