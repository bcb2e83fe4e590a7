/** Formats times, bytes, counts, rates and shares for people, in one form everywhere. */
package io.millrace.pipeline.text;
