//! Tests of the C interface and the kit: see the folders beside this file.
