// copy.cpp: sends a file to standard output, in C++ with its library.
//
//     c++ -std=c++11 -I include -o copy copy.cpp -L lib/x86_64 -lint80
//     ./copy FILE >COPY
//
// With -m32 and lib/i386 it is an i386 program.

#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "int80.h"

namespace {

// A negative errno becomes an exception.
intptr_t check(const std::string &what, intptr_t result)
{
    if (result < 0 && result >= -4095)
        throw std::runtime_error(what + ": " + int80_errno_message(static_cast<int>(result)));
    return result;
}

class File {
  public:
    explicit File(const std::string &name)
        : name_(name),
          fd_(static_cast<int>(check(name, int80_call4(INT80_NR_OPENAT, at_fdcwd,
                                                       reinterpret_cast<intptr_t>(name.c_str()),
                                                       o_largefile, 0))))
    {
    }
    File(const File &) = delete;
    File &operator=(const File &) = delete;
    ~File() { int80_call1(INT80_NR_CLOSE, fd_); }

    void send_to(int out_fd) const
    {
        std::vector<char> buffer(128 << 10); // for what only read and write support
        int80_transfer transfer;
        int80_transfer_init(&transfer, out_fd, fd_, buffer.data(), buffer.size());
        const int result = int80_transfer_run(&transfer);
        const bool output = int80_transfer_side(&transfer) == INT80_SIDE_OUTPUT;
        check(output ? "standard output" : name_, result);
    }

  private:
    static const int at_fdcwd = -100;
    static const int o_largefile = 0100000;
    std::string name_;
    int fd_;
};

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::cerr << "usage: copy FILE\n";
        return EXIT_FAILURE;
    }
    try {
        File(argv[1]).send_to(1);
    } catch (const std::exception &error) {
        std::cerr << "copy: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
