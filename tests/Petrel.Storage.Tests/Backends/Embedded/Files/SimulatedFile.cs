namespace Petrel.Storage.Tests.Backends.Embedded.Files;

/// <summary>A file as programs see it and as it is on the medium, which lacks what was not synced.</summary>
internal sealed class SimulatedFile(long size)
{
    private const int SectorBytes = 512;

    private readonly SortedSet<int> _dirty = [];
    private byte[] _durable = new byte[size];

    public byte[] Content { get; private set; } = new byte[size];

    public void Write(ReadOnlySpan<byte> data, long offset)
    {
        if (Content.Length < offset + data.Length)
        {
            var grown = Content;
            Array.Resize(ref grown, (int)offset + data.Length);
            Content = grown;
        }

        data.CopyTo(Content.AsSpan((int)offset));
        for (var sector = (int)offset / SectorBytes; sector * SectorBytes < offset + data.Length; sector++)
        {
            _dirty.Add(sector);
        }
    }

    public void Sync()
    {
        _durable = [.. Content];
        _dirty.Clear();
    }

    /// <summary>A failed sync: some sectors reached the medium, and the system takes all for written.</summary>
    public void LoseSome(Random random)
    {
        SaveSome(random);
        _dirty.Clear();
    }

    public void LosePower(Random random)
    {
        SaveSome(random);
        _dirty.Clear();
        Content = [.. _durable];
    }

    public void Corrupt(long offset, byte mask)
    {
        Content[offset] ^= mask;
        _durable[offset] ^= mask;
    }

    private void SaveSome(Random random)
    {
        Array.Resize(ref _durable, Content.Length);
        var probability = random.Next(3) switch { 0 => 0.0, 1 => 0.5, _ => 1.0 };
        foreach (var sector in _dirty)
        {
            if (random.NextDouble() < probability)
            {
                var from = sector * SectorBytes;
                Content.AsSpan(from, Math.Min(SectorBytes, Content.Length - from)).CopyTo(_durable.AsSpan(from));
            }
        }
    }
}
