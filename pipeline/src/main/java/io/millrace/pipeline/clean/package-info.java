/**
 * What of a workspace nobody needs any more: the decision, which looks and changes nothing, and the
 * removal under the workspace's lock.
 */
package io.millrace.pipeline.clean;
