using System.Buffers.Binary;
using System.Text;

namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>Reads the records of a frame one after the other. <see cref="RecordKind"/> tells their layout.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>Reads the next record; false at the end.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a record.</exception>
    public bool TryRead(out Record record)
    {
        record = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        var kind = (RecordKind)Take(1)[0];
        record = kind switch
        {
            RecordKind.Put => ReadPut(),
            RecordKind.Delete => new Record(kind) { Key = Text(Int32()) },
            RecordKind.Grant => new Record(kind) { Lease = Int64(), Number = Int64() },
            RecordKind.Revoke => new Record(kind) { Lease = Int64(), Number = Int32() },
            RecordKind.Compact => new Record(kind) { Number = Int64() },
            RecordKind.Close => new Record(kind),
            _ => throw new InvalidDataException($"record kind {(byte)kind} is unknown"),
        };
        return true;
    }

    private Record ReadPut()
    {
        var keyBytes = Int32();
        var valueBytes = Int32();
        var lease = Int64();
        return new Record(RecordKind.Put) { Lease = lease, Key = Text(keyBytes), Value = Take(valueBytes) };
    }

    private string Text(int bytes) => Encoding.UTF8.GetString(Take(bytes));

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    private long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new InvalidDataException("a record is longer than its frame");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
