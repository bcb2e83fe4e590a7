/**
 * Measures what a training is made of, part by part, and says which of them holds it back and what
 * to change. It writes nothing.
 */
package io.millrace.jobs.doctor;
