/**
 * Decides what is no longer needed in a workspace, without changing anything, and removes it under
 * the workspace's lock.
 */
package io.millrace.pipeline.clean;
