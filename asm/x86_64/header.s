# The ELF headers of a flat x86_64 program (see link-flat.ld): 64 bytes of ELF
# header and 56 of each of two program headers.
#
# flat_base and flat_size come from link-flat.ld, flat_start is the program's.
# Size: 176 bytes.

        .section .flat.header, "a", @progbits
        .byte   0x7f, 'E', 'L', 'F'     # e_ident: the magic number,
        .byte   2, 1, 1, 0              # 64 bits, little-endian, version 1, System V,
        .zero   8                       # and padding.
        .short  2                       # e_type: an executable at fixed addresses.
        .short  62                      # e_machine: EM_X86_64.
        .long   1                       # e_version.
        .quad   flat_start              # e_entry.
        .quad   64                      # e_phoff: after this header.
        .quad   0                       # e_shoff: no sections.
        .long   0                       # e_flags.
        .short  64                      # e_ehsize.
        .short  56                      # e_phentsize.
        .short  2                       # e_phnum.
        .short  64                      # e_shentsize, as some loaders check.
        .short  0                       # e_shnum.
        .short  0                       # e_shstrndx.

        .long   1                       # p_type: PT_LOAD.
        .long   5                       # p_flags: read and execute.
        .quad   0                       # p_offset: the whole file.
        .quad   flat_base               # p_vaddr.
        .quad   flat_base               # p_paddr.
        .quad   flat_size               # p_filesz.
        .quad   flat_size               # p_memsz.
        .quad   0x1000                  # p_align.

        .long   0x6474e551              # p_type: PT_GNU_STACK.
        .long   6                       # p_flags: read and write, not execute.
        .zero   40                      # No address and no size.
        .quad   16                      # p_align.

        .section .note.GNU-stack, "", @progbits
