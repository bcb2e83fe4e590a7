/** Formats times, bytes, counts and shares for people. */
package io.millrace.pipeline.text;
