/** ImageNet: synset folders, the official tars, Kaggle's layout. */
package io.millrace.jobs.source.imagenet;
