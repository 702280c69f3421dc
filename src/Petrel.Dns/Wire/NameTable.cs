using System.Runtime.CompilerServices;

namespace Petrel.Dns.Wire;

/// <summary>
/// Where in a message under way each name, and each parent of it, was written. Lives on the stack and holds the first
/// <see cref="Capacity"/>; a message with more is only less compressed.
/// </summary>
internal struct NameTable
{
    private const int Capacity = 128;
    private const int PointerBits = 0xC0;

    private Entries _entries;

    /// <summary>Setting it back to an earlier value forgets the names written since.</summary>
    public int Count { get; set; }

    /// <summary>Remembers that this name starts at an offset of the message.</summary>
    public void Add(int offset, ReadOnlySpan<byte> name)
    {
        if (Count < Capacity && offset < WireLimits.CompressionOffsetEnd)
        {
            _entries[Count++] = new Entry((ushort)offset, Digest(name));
        }
    }

    /// <summary>Finds the offset of a name equal to this one but for case.</summary>
    public readonly bool TryFind(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, out int offset)
    {
        ushort digest = Digest(name);
        for (int i = 0; i < Count; i++)
        {
            Entry entry = _entries[i];
            if (entry.Digest == digest && IsAt(message, entry.Offset, name))
            {
                offset = entry.Offset;
                return true;
            }
        }

        offset = 0;
        return false;
    }

    /// <summary>Cheap and good enough to tell apart most of the few names in one message.</summary>
    private static ushort Digest(ReadOnlySpan<byte> name) =>
        (ushort)((name.Length << 8) ^ (AsciiCase.Lower(name[1]) << 4) ^ AsciiCase.Lower(name[name[0]]));

    private static bool IsAt(ReadOnlySpan<byte> message, int offset, ReadOnlySpan<byte> name)
    {
        while (true)
        {
            int labelByte = message[offset];
            if (labelByte > WireLimits.LabelBytesMax)
            {
                offset = ((labelByte & ~PointerBits) << 8) | message[offset + 1];
                continue;
            }

            if (labelByte == 0 || name[0] == 0)
            {
                return labelByte == name[0];
            }

            int bytes = labelByte + 1;
            if (bytes > name.Length || !AsciiCase.Equal(message.Slice(offset, bytes), name[..bytes]))
            {
                return false;
            }

            offset += bytes;
            name = name[bytes..];
        }
    }

    private readonly record struct Entry(ushort Offset, ushort Digest);

    [InlineArray(Capacity)]
    private struct Entries
    {
        private Entry _first;
    }
}
