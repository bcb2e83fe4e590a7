/**
 * Times, bytes, counts, rates, shares and other values as people read them, in one form everywhere.
 * It touches nothing.
 */
package io.millrace.pipeline.text;
