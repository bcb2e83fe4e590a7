/** Formats times, bytes, counts, rates, shares and values for people, in one form everywhere. */
package io.millrace.pipeline.text;
