/** The page of all jobs, keys and choices, in Markdown, as they describe themselves. */
package io.millrace.jobs.reference;
