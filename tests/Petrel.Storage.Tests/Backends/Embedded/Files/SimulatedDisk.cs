using Petrel.Storage.Backends.Embedded.Files;

namespace Petrel.Storage.Tests.Backends.Embedded.Files;

/// <summary>
/// A disk that can lose power and fail. What was written but not synced survives a power failure sector by sector, as
/// chance has it; names that were not synced survive up to a random point, in the order in which they were given.
/// </summary>
internal sealed class SimulatedDisk(int seed) : IStoreFiles
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly List<Action<Dictionary<string, SimulatedFile>>> _unsyncedNames = [];
    private Dictionary<string, SimulatedFile> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulatedFile> _durableNames = new(StringComparer.Ordinal);
    private int _generation;

    /// <summary>Operations so far that change something or sync.</summary>
    public int Operations { get; private set; }

    /// <summary>The operation at which power fails: it takes effect in part or not at all, and nothing works until <see cref="Restart"/>.</summary>
    public int PowerFailsAt { get; set; } = int.MaxValue;

    /// <summary>Operations for which this says so fail, writes possibly after having taken effect in part.</summary>
    public Func<int, string, StoreUnavailableException?> FailureOf { get; set; } = (_, _) => null;

    public bool HasPower { get; private set; } = true;

    /// <summary>The state that a machine finds which lost power now.</summary>
    public void LosePowerAndRestart()
    {
        lock (_gate)
        {
            foreach (var change in _unsyncedNames.Take(_random.Next(_unsyncedNames.Count + 1)))
            {
                change(_durableNames);
            }

            foreach (var file in _durableNames.Values.Distinct())
            {
                file.LosePower(_random);
            }

            _names = new(_durableNames, StringComparer.Ordinal);
            _unsyncedNames.Clear();
        }

        Restart();
    }

    /// <summary>The process died but the machine did not: everything written is there. Instances of the old process can no longer touch the disk.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _generation++;
            HasPower = true;
            PowerFailsAt = int.MaxValue;
        }
    }

    /// <summary>Changes a durable byte, as a failing disk would.</summary>
    public void Corrupt(string name, long offset, byte mask) => _names[name].Corrupt(offset, mask);

    public byte[] Content(string name) => _names[name].Content;

    public string PathOf(string name) => "/disk/" + name;

    public IReadOnlyList<string> List()
    {
        lock (_gate)
        {
            return [.. _names.Keys];
        }
    }

    public IStoreFile Open(string name)
    {
        lock (_gate)
        {
            return new Handle(this, name, _names[name], _generation);
        }
    }

    public IStoreFile Create(string name, long size)
    {
        lock (_gate)
        {
            Operate("create " + name);
            var file = new SimulatedFile(size);
            Change(names => names[name] = file);
            return new Handle(this, name, file, _generation);
        }
    }

    public void Rename(string from, string to)
    {
        lock (_gate)
        {
            Operate("rename " + from);
            Change(names =>
            {
                if (names.Remove(from, out var file))
                {
                    names[to] = file;
                }
            });
        }
    }

    public void Delete(string name)
    {
        lock (_gate)
        {
            Operate("delete " + name);
            Change(names => names.Remove(name));
        }
    }

    public void SyncDirectory()
    {
        lock (_gate)
        {
            Operate("sync directory");
            foreach (var change in _unsyncedNames)
            {
                change(_durableNames);
            }

            _unsyncedNames.Clear();
        }
    }

    public void Dispose()
    {
    }

    private void Change(Action<Dictionary<string, SimulatedFile>> change)
    {
        change(_names);
        _unsyncedNames.Add(change);
    }

    private void Operate(string what, Action? partly = null)
    {
        Operations++;
        if (Operations == PowerFailsAt)
        {
            HasPower = false;
            partly?.Invoke();
        }

        if (!HasPower)
        {
            throw new StoreUnavailableException("The power is off.");
        }

        if (FailureOf(Operations, what) is { } failure)
        {
            partly?.Invoke();
            throw failure;
        }
    }

    private sealed class Handle(SimulatedDisk disk, string name, SimulatedFile file, int generation) : IStoreFile
    {
        public long Length => file.Content.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            lock (disk._gate)
            {
                var available = file.Content.AsSpan((int)Math.Min(offset, file.Content.Length));
                var count = Math.Min(available.Length, buffer.Length);
                available[..count].CopyTo(buffer);
                return count;
            }
        }

        public void Write(ReadOnlySpan<byte> data, long offset)
        {
            var bytes = data.ToArray();
            lock (disk._gate)
            {
                CheckGeneration();
                disk.Operate("write " + name, () => file.Write(bytes.AsSpan(0, disk._random.Next(bytes.Length)), offset));
                file.Write(bytes, offset);
            }
        }

        public void Sync()
        {
            lock (disk._gate)
            {
                CheckGeneration();
                disk.Operate("sync " + name, () => file.LoseSome(disk._random));
                file.Sync();
            }
        }

        public void Dispose()
        {
        }

        private void CheckGeneration()
        {
            if (generation != disk._generation)
            {
                throw new StoreUnavailableException("The process that had this file open is dead.");
            }
        }
    }
}
