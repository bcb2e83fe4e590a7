/**
 * Public datasets from their public addresses: whole and verified, or not at all. What a broken
 * connection or a killed process leaves is gone on with.
 */
package io.millrace.jobs.fetch;
