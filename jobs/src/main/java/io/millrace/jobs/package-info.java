/**
 * Everything that runs on Spark. Each package below is a room with one purpose, which its own
 * description says. This one holds only the main class.
 */
package io.millrace.jobs;
