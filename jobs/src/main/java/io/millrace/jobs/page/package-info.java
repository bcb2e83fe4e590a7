/** Pictures, names and figures as a page shows them. */
package io.millrace.jobs.page;
