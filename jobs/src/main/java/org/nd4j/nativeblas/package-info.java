/**
 * One class under ND4J's own name, which Deeplearning4j looks up by reflection and no longer finds.
 * It is here so that convolutions take the oneDNN fast path. It may touch ND4J alone, and nothing
 * of Millrace may touch it.
 */
package org.nd4j.nativeblas;
