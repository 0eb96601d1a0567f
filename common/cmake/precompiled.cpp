// Stands for the headers that are precompiled (rooms.cmake): a target of CMake needs a source.
