using System.Buffers.Binary;
using System.Text;
using Petrel.Storage.Backends.Embedded.Files;
using Petrel.Storage.Backends.Embedded.Index;
using Petrel.Storage.Backends.Embedded.Leasing;

namespace Petrel.Storage.Backends.Embedded.Snapshots;

/// <summary>
/// The layout of a snapshot: a header, then blocks of length (4 bytes), checksum (4) and entries. An entry is a lease
/// (identity, time to live) or, after all leases, a key (creation, modification, version, lease, lengths, key, value).
/// </summary>
internal static class SnapshotFile
{
    private const int LeaseEntrySize = 16;
    private const int KeyEntrySize = 40;

    /// <summary>Writes and syncs a snapshot; returns its length.</summary>
    public static long Write(IStoreFile file, SnapshotContent content, CancellationToken cancellationToken)
    {
        var header = new byte[SnapshotHeader.Size];
        new SnapshotHeader(content.StoreId, content.Revision, content.Tree.Count, content.Leases.Count).Write(header);
        file.Write(header, 0);
        var block = new BlockWriter(file, SnapshotHeader.Size);
        foreach (var lease in content.Leases)
        {
            var entry = block.Extend(LeaseEntrySize);
            BinaryPrimitives.WriteInt64LittleEndian(entry, lease.Id);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], lease.TimeToLive!.Value.Ticks);
        }

        foreach (var item in content.Tree.Items(string.Empty, content.Tree.Count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(item, block);
        }

        block.Flush();
        file.Sync();
        return block.Offset;
    }

    /// <summary>Reads a whole snapshot.</summary>
    /// <exception cref="StoreCorruptException">Anything in it is damaged or missing.</exception>
    public static SnapshotContent Read(IStoreFile file, string path)
    {
        var block = new byte[SnapshotHeader.Size];
        var header = SnapshotHeader.Read(block.AsSpan(0, file.Read(block, 0)), path);
        var reader = new BlockReader(file, path, SnapshotHeader.Size);
        var leases = new List<LeaseChange>();
        while (leases.Count < header.LeaseCount)
        {
            var entry = reader.Take(LeaseEntrySize);
            leases.Add(new LeaseChange(
                BinaryPrimitives.ReadInt64LittleEndian(entry), TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(entry[8..]))));
        }

        var tree = new KeyTreeEditor(KeyTree.Empty);
        for (var i = 0L; i < header.KeyCount; i++)
        {
            tree.Put(ReadItem(reader));
        }

        reader.ExpectEnd();
        return new SnapshotContent(header.StoreId, header.Revision, tree.ToTree(), leases);
    }

    private static void Write(KeyValue item, BlockWriter block)
    {
        var keyBytes = Encoding.UTF8.GetByteCount(item.Key);
        var entry = block.Extend(KeyEntrySize + keyBytes + item.Value.Length);
        BinaryPrimitives.WriteInt64LittleEndian(entry, item.CreateRevision);
        BinaryPrimitives.WriteInt64LittleEndian(entry[8..], item.ModRevision);
        BinaryPrimitives.WriteInt64LittleEndian(entry[16..], item.Version);
        BinaryPrimitives.WriteInt64LittleEndian(entry[24..], item.Lease);
        BinaryPrimitives.WriteInt32LittleEndian(entry[32..], keyBytes);
        BinaryPrimitives.WriteInt32LittleEndian(entry[36..], item.Value.Length);
        Encoding.UTF8.GetBytes(item.Key, entry[KeyEntrySize..]);
        item.Value.Span.CopyTo(entry[(KeyEntrySize + keyBytes)..]);
    }

    private static KeyValue ReadItem(BlockReader reader)
    {
        var entry = reader.Take(KeyEntrySize);
        var create = BinaryPrimitives.ReadInt64LittleEndian(entry);
        var mod = BinaryPrimitives.ReadInt64LittleEndian(entry[8..]);
        var version = BinaryPrimitives.ReadInt64LittleEndian(entry[16..]);
        var lease = BinaryPrimitives.ReadInt64LittleEndian(entry[24..]);
        var valueBytes = BinaryPrimitives.ReadInt32LittleEndian(entry[36..]);
        var key = Encoding.UTF8.GetString(reader.Take(BinaryPrimitives.ReadInt32LittleEndian(entry[32..])));
        return new KeyValue(key, reader.Take(valueBytes).ToArray(), create, mod, version, lease);
    }
}
