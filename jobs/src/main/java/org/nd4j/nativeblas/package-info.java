/**
 * One class under ND4J's own name, which Deeplearning4j looks up by reflection and no longer finds.
 * It is here so that convolutions take the oneDNN fast path.
 */
package org.nd4j.nativeblas;
