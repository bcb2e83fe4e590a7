/**
 * Times, bytes, counts and shares as people read them, in one form everywhere. It touches nothing.
 */
package io.millrace.pipeline.text;
