//! Tests of the tools: see the folders beside this file.
