# The ELF headers of a flat i386 program (see link-flat.ld): 52 bytes of ELF
# header and 32 of each of two program headers.
#
# flat_base and flat_size come from link-flat.ld, flat_start is the program's.
# Size: 116 bytes.

        .section .flat.header, "a", @progbits
        .byte   0x7f, 'E', 'L', 'F'     # e_ident: the magic number,
        .byte   1, 1, 1, 0              # 32 bits, little-endian, version 1, System V,
        .zero   8                       # and padding.
        .short  2                       # e_type: an executable at fixed addresses.
        .short  3                       # e_machine: EM_386.
        .long   1                       # e_version.
        .long   flat_start              # e_entry.
        .long   52                      # e_phoff: after this header.
        .long   0                       # e_shoff: no sections.
        .long   0                       # e_flags.
        .short  52                      # e_ehsize.
        .short  32                      # e_phentsize.
        .short  2                       # e_phnum.
        .short  40                      # e_shentsize, as some loaders check.
        .short  0                       # e_shnum.
        .short  0                       # e_shstrndx.

        .long   1                       # p_type: PT_LOAD.
        .long   0                       # p_offset: the whole file.
        .long   flat_base               # p_vaddr.
        .long   flat_base               # p_paddr.
        .long   flat_size               # p_filesz.
        .long   flat_size               # p_memsz.
        .long   5                       # p_flags: read and execute.
        .long   0x1000                  # p_align.

        .long   0x6474e551              # p_type: PT_GNU_STACK,
        .zero   20                      # no address and no size.
        .long   6                       # p_flags: read and write, not execute.
        .long   16                      # p_align.

        .section .note.GNU-stack, "", @progbits
