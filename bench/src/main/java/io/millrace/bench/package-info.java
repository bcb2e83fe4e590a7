/**
 * The benchmarks: what Millrace takes beside what the same work takes elsewhere, in alternating
 * runs. It starts Millrace the way a person does, as a process, and is part of no jar that is
 * shipped.
 */
package io.millrace.bench;
