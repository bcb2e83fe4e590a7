/** GPUs for engines: which ones an engine's code runs on, and which one a task has. */
package io.millrace.jobs.engine.gpu;
