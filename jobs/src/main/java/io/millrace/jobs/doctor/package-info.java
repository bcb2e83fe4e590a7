/**
 * Measures a training part by part, and says which part limits it and what to change. It writes
 * nothing.
 */
package io.millrace.jobs.doctor;
