"""From a program to machine code: LLVM text, vector functions, the host, loading."""
