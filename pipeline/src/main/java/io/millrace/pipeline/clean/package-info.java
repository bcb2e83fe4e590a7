/**
 * What of a workspace nobody needs any more: the decision, which looks and changes nothing, and the
 * removal under the workspace's lock. It may touch the rooms {@code store}, {@code plan} and {@code
 * history}.
 */
package io.millrace.pipeline.clean;
