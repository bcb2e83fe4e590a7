/** LSUN: LMDB folders of encoded pictures. */
package io.millrace.jobs.source.lsun;
