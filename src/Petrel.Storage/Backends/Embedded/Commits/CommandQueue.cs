namespace Petrel.Storage.Backends.Embedded.Commits;

/// <summary>Commands in order of arrival, from any number of callers to the one committer.</summary>
internal sealed class CommandQueue(int limit)
{
    private readonly Lock _gate = new();
    private readonly Queue<Command> _commands = new();
    private bool _isTaken;
    private bool _isClosed;

    /// <summary>Adds a command; true when nobody is taking commands and somebody has to start.</summary>
    /// <exception cref="StoreUnavailableException">The queue is closed or full.</exception>
    public bool Enqueue(Command command)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new StoreUnavailableException("The store is closed.");
            }

            if (_commands.Count >= limit)
            {
                throw new StoreUnavailableException($"{_commands.Count} changes already wait for the disk; try again later.");
            }

            _commands.Enqueue(command);
            return !_isTaken && (_isTaken = true);
        }
    }

    /// <summary>
    /// Takes what is there, up to a number of bytes: while one batch is written the next one gathers, so batches are
    /// as large as the load makes them and a single writer never waits for company.
    /// </summary>
    /// <returns>False when there is nothing: whoever took until now has to stop.</returns>
    public bool Take(List<Command> batch, int byteLimit)
    {
        lock (_gate)
        {
            var bytes = 0;
            while (_commands.TryPeek(out var next) && bytes < byteLimit && !(next.RunsAlone && batch.Count > 0))
            {
                batch.Add(_commands.Dequeue());
                bytes += next.EstimatedBytes;
                if (next.RunsAlone)
                {
                    break;
                }
            }

            return _isTaken = batch.Count > 0;
        }
    }

    /// <summary>Accepts no more commands; those already accepted are still taken. True when nobody is taking any.</summary>
    public bool Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return !_isTaken;
        }
    }

    /// <summary>True when nothing will come any more.</summary>
    public bool IsFinished
    {
        get
        {
            lock (_gate)
            {
                return _isClosed && !_isTaken;
            }
        }
    }
}
