/** Image files in folders; their labels come from folders, from names or from a CSV file. */
package io.millrace.jobs.source.folder;
