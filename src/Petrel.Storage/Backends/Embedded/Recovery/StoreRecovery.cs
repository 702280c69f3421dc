using Petrel.Storage.Backends.Embedded.Files;
using Petrel.Storage.Backends.Embedded.Leasing;
using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Recovery;

/// <summary>
/// Brings a store back from its directory: newest intact snapshot, then the log, up to the write that a crash cut
/// off. Damage anywhere else is an error: going on would silently lose acknowledged changes.
/// </summary>
internal sealed class StoreRecovery
{
    private readonly IStoreFiles _files;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<string> _names;
    private readonly List<SegmentHeader> _headers;
    private readonly SegmentFactory _factory;
    private byte[] _buffer = [];

    public StoreRecovery(IStoreFiles files, EmbeddedStoreOptions options, TimeProvider time)
    {
        _files = files;
        _time = time;
        _names = [.. files.List().Order(StringComparer.Ordinal)];
        _headers = [.. _names.Where(name => StoreFileNames.LogSequence(name) is not null).Select(ReadHeader)];
        _factory = new SegmentFactory(files, options.SegmentBytes, _names.Where(StoreFileNames.IsSpare));
    }

    public RecoveredStore Run()
    {
        var started = _time.GetTimestamp();

        // 1. What was being made when the process died is worthless.
        foreach (var name in _names.Where(StoreFileNames.IsTemporary))
        {
            _files.Delete(name);
        }

        // 2. A snapshot and a log that fit together.
        var snapshots = new SnapshotChoice(_files, _names);
        if (_headers.Count == 0)
        {
            return snapshots.Content is null && snapshots.Damaged.Count == 0
                ? Create(started)
                : throw new StoreCorruptException(_files.PathOf(StoreFileNames.Log(1)), 0, "it and all other log files are missing beside a snapshot");
        }

        CheckContinuity(snapshots);

        // 3. Replay.
        var replay = new LogReplay(snapshots.Content, new LeaseTable(_time), _headers[0].FirstRevision - 1);
        var segments = new List<Segment>();
        SegmentContent? last = null;
        foreach (var header in _headers)
        {
            last = Load(header, out var bytes);
            Replay(last, replay);
            segments.Add(new Segment(header, bytes));
        }

        replay.Publish();
        if (snapshots.Content is { } snapshot && replay.NextRevision <= snapshot.Revision)
        {
            throw new StoreCorruptException(last!.Path, last.Offset, $"the log ends at revision {replay.NextRevision - 1}, before the snapshot of revision {snapshot.Revision}");
        }

        // 4. What readers will see must not be lost by the next failure, though it may never have been synced.
        var active = Continue(last!);
        return new RecoveredStore(_headers[0].StoreId, replay.State, new SegmentLog(_factory, segments, active, last!.Offset), new RecoveryReport
        {
            Revision = replay.State.View.Revision,
            CompactedRevision = replay.State.View.CompactedRevision,
            KeyCount = replay.State.View.Tree.Count,
            SnapshotRevision = snapshots.Content?.Revision ?? 0,
            ReplayedFrames = replay.Frames,
            ClosedInOrder = replay.EndsClosed && !last.IsTorn,
            TornWrite = last.IsTorn ? new TornWrite(last.Path, last.Offset, last.TornBytes) : null,
            DamagedSnapshots = [.. snapshots.Damaged.Select(damage => damage.Message)],
            Duration = _time.GetElapsedTime(started),
        });
    }

    private RecoveredStore Create(long started)
    {
        var state = new StoreState(StoreView.Empty, new LeaseTable(_time));
        var header = new SegmentHeader(Guid.NewGuid(), Sequence: 1, state.View.Revision + 1);
        var file = _factory.Make(header);
        var log = new SegmentLog(_factory, [new Segment(header, file.Length)], file, SegmentHeader.Size);
        return new RecoveredStore(header.StoreId, state, log, new RecoveryReport
        {
            Revision = state.View.Revision,
            CompactedRevision = 0,
            KeyCount = 0,
            SnapshotRevision = 0,
            ReplayedFrames = 0,
            ClosedInOrder = true,
            TornWrite = null,
            DamagedSnapshots = [],
            Duration = _time.GetElapsedTime(started),
        });
    }

    /// <summary>No file of the log is missing, all are of one store, and the log reaches back to the snapshot or to the beginning.</summary>
    private void CheckContinuity(SnapshotChoice snapshots)
    {
        for (var i = 0; i < _headers.Count; i++)
        {
            var expected = _headers[0].Sequence + i;
            var path = _files.PathOf(StoreFileNames.Log(_headers[i].Sequence));
            if (_headers[i].Sequence != expected)
            {
                throw new StoreCorruptException(_files.PathOf(StoreFileNames.Log(expected)), 0, "the file is missing");
            }

            if (_headers[i].StoreId != _headers[0].StoreId)
            {
                throw new StoreCorruptException(path, 0, "it belongs to another store than the files before it");
            }
        }

        var first = _headers[0];
        var firstPath = _files.PathOf(StoreFileNames.Log(first.Sequence));
        if (snapshots.Content is { } snapshot)
        {
            if (snapshot.StoreId != first.StoreId)
            {
                throw new StoreCorruptException(firstPath, 0, "it belongs to another store than the snapshot");
            }

            if (first.FirstRevision > snapshot.Revision + 1)
            {
                throw snapshots.Damaged.Count > 0
                    ? snapshots.Damaged[0]
                    : new StoreCorruptException(firstPath, 0, $"it begins at revision {first.FirstRevision} but the snapshot ends at {snapshot.Revision}");
            }
        }
        else if (first.Sequence != 1)
        {
            throw snapshots.Damaged.Count > 0
                ? snapshots.Damaged[0]
                : new StoreCorruptException(firstPath, 0, "there is neither a snapshot nor the log before it");
        }
    }

    private SegmentHeader ReadHeader(string name)
    {
        using var file = _files.Open(name);
        var block = new byte[SegmentHeader.Size];
        var header = SegmentHeader.Read(block.AsSpan(0, file.Read(block, 0)), _files.PathOf(name));
        return header.Sequence == StoreFileNames.LogSequence(name)
            ? header
            : throw new StoreCorruptException(_files.PathOf(name), 0, $"it is log file number {header.Sequence} under another name");
    }

    /// <summary>Reads a file into the one buffer: the content before it is no longer valid.</summary>
    private SegmentContent Load(SegmentHeader header, out long bytes)
    {
        var name = StoreFileNames.Log(header.Sequence);
        using var file = _files.Open(name);
        bytes = file.Length;
        if (_buffer.Length < bytes)
        {
            _buffer = new byte[bytes];
        }

        var read = file.Read(_buffer.AsSpan(0, (int)bytes), 0);
        return new SegmentContent(_buffer.AsMemory(0, read), header, _files.PathOf(name));
    }

    private void Replay(SegmentContent content, LogReplay replay)
    {
        var isLast = content.Header == _headers[^1];
        if (content.Header.FirstRevision != replay.NextRevision)
        {
            throw Damaged(content, 0, $"it begins at revision {content.Header.FirstRevision} where {replay.NextRevision} must follow");
        }

        var start = content.Offset;
        try
        {
            while (content.TryRead(out var frame, out var payload))
            {
                replay.Apply(frame, payload);
                start = content.Offset;
            }
        }
        catch (InvalidDataException problem)
        {
            throw Damaged(content, start, problem.Message);
        }

        if (content.FindFrameBehindEnd() is { } behind)
        {
            throw Damaged(content, content.Offset, $"data is damaged: intact changes follow at byte {behind}");
        }

        if (!isLast && content.IsTorn)
        {
            throw Damaged(content, content.Offset, "data is damaged: further log files follow");
        }
    }

    private StoreCorruptException Damaged(SegmentContent content, long offset, string problem) => new(
        content.Path,
        offset,
        problem,
        content.Header == _headers[0]
            ? string.Empty
            : $"Or, to go on with the state of revision {content.Header.FirstRevision - 1}, move this file and all log files with higher numbers to another place.");

    private IStoreFile Continue(SegmentContent last)
    {
        var file = _files.Open(StoreFileNames.Log(last.Header.Sequence));
        try
        {
            if (last.IsTorn)
            {
                file.Write(new byte[Math.Min(FrameHeader.Size, file.Length - last.Offset)], last.Offset);
            }

            file.Sync();
            _files.SyncDirectory();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
