//! THE TERMINAL. Paints state, reads events, carries out effects.
