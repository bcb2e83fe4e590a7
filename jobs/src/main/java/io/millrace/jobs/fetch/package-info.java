/**
 * Fetches public datasets. Only complete and verified files get their names; a download that was
 * cut or killed is continued.
 */
package io.millrace.jobs.fetch;
