/**
 * Applications of their own: how a run, or one of its stages, gets to a cluster as spark-submit
 * would bring it there, and how what it says comes back. It starts processes and reads what they
 * leave.
 */
package io.millrace.jobs.submit;
